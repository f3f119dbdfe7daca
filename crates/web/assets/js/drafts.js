// What is typed into <textarea data-draft="name"> is kept in this browser until it is sent. The server's own words win.
const name = (field) => `hilo-draft-${field.dataset.draft}`;
const isDraft = (node) => node instanceof HTMLTextAreaElement && node.dataset.draft;

function keep(field) {
  try {
    if (field.value.trim()) localStorage.setItem(name(field), field.value);
    else localStorage.removeItem(name(field));
  } catch {
    // A full or forbidden storage costs only the draft.
  }
}

function restore() {
  for (const field of document.querySelectorAll("textarea[data-draft]:not([data-restored])")) {
    field.dataset.restored = "";
    if (!field.value) field.value = localStorage.getItem(name(field)) ?? "";
    else keep(field);
  }
}

document.addEventListener("DOMContentLoaded", restore);
document.addEventListener("htmx:after:swap", restore);
document.addEventListener("input", (event) => isDraft(event.target) && keep(event.target));
// Sent is no draft; a refused form brings its words back, and an unreachable server leaves them in the field.
document.addEventListener("submit", (event) => event.target.querySelectorAll("textarea[data-draft]").forEach((field) => localStorage.removeItem(name(field))), true);
document.addEventListener("htmx:error", () => document.querySelectorAll("textarea[data-draft]").forEach(keep));

// What is written on another device of the same person appears here, unless this field is being written in.
let told = null;
function follow() {
  const there = document.querySelector("[data-draft-there]")?.dataset.draftThere;
  const field = document.querySelector("[data-draft-here]");
  if (there === undefined || !field || there === told) return;
  told = there;
  if (document.activeElement !== field) field.value = there;
}
document.addEventListener("htmx:after:swap", follow);
