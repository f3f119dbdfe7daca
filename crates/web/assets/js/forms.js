// Small courtesies for forms.

// <select data-submits>, <input data-submits>: choosing is sending. Without scripts the form's own button does it.
document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-submits]")) event.target.form?.requestSubmit();
});

// A second press on a plain form's button is one intent, not two.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog" || form.hasAttribute("data-repeats")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

// <textarea data-grows>: as tall as its text; <textarea data-sends>: Enter sends, Shift+Enter breaks the line.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches?.("[data-sends]")) return;
  event.preventDefault();
  event.target.form?.requestSubmit();
});

// After a refused form, the first wrong field has the focus.
function focusFirstError(root) {
  root.querySelector?.("[aria-invalid=true]")?.focus();
}
document.addEventListener("DOMContentLoaded", () => focusFirstError(document));
document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx?.response?.status === 422) focusFirstError(document);
});

// <button data-copies="text">: the text is on the clipboard, and the button says so.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copies]");
  if (!button) return;
  await navigator.clipboard?.writeText(button.dataset.copies);
  button.setAttribute("data-copied", "");
  setTimeout(() => button.removeAttribute("data-copied"), 1600);
});
