// The grid of products by keyboard. Without this file the boxes are ticked one by one and a row's pencil opens its form.
const boxes = () => [...document.querySelectorAll('[data-grid] input[name="pick"]')];
let anchor = null;

/** Say how many are chosen. */
function tell() {
  const count = document.getElementById("bulk-count");
  const all = document.getElementById("pick-all");
  if (!count) return;
  const known = boxes();
  const chosen = known.filter((box) => box.checked).length;
  count.hidden = chosen === 0;
  count.textContent = `${chosen} ${count.dataset.words}`;
  if (!all) return;
  all.hidden = false;
  all.checked = known.length > 0 && chosen === known.length;
  all.indeterminate = chosen > 0 && chosen < known.length;
}

/** All rows between the last one that was chosen and this one do as that one does. */
function upTo(box) {
  const known = boxes();
  const from = known.findIndex((one) => one.id === anchor);
  const to = known.indexOf(box);
  if (from < 0) return;
  for (const one of known.slice(Math.min(from, to), Math.max(from, to) + 1)) one.checked = known[from].checked;
}

document.addEventListener("click", (event) => {
  const box = event.target;
  if (!box.matches?.('[data-grid] input[name="pick"]')) return;
  if (event.shiftKey) upTo(box);
  else anchor = box.id;
  tell();
});

document.addEventListener("change", (event) => {
  if (event.target.id !== "pick-all") return;
  for (const box of boxes()) box.checked = event.target.checked;
  tell();
});

document.addEventListener("keydown", (event) => {
  const box = event.target;
  if (event.key === "Escape" && box.closest?.("[data-grid] .typed")) {
    event.preventDefault();
    box.closest("tr").querySelector("[data-leaves]")?.click();
    return;
  }
  if (!box.matches?.('[data-grid] input[name="pick"]') || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter") {
    event.preventDefault();
    box.closest("tr").querySelector(".row-edit")?.click();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const known = boxes();
  const next = known[known.indexOf(box) + step];
  if (!next) return;
  if (event.shiftKey) {
    if (!box.checked) box.checked = true;
    if (!known.some((one) => one.id === anchor && one.checked)) anchor = box.id;
    upTo(next);
    tell();
  }
  next.focus();
});

// A row that has become a form takes the focus to its first field; one that was left or saved gives it back to its box.
let left = null;
let wasPicked = false;
document.addEventListener("htmx:before:request", (event) => {
  left = event.target.closest?.("[data-grid] tr")?.id ?? null;
  wasPicked = Boolean(left && document.getElementById(left).querySelector('input[name="pick"]')?.checked);
});
document.addEventListener("htmx:after:swap", () => {
  const row = left && document.getElementById(left);
  left = null;
  if (!row?.closest("[data-grid]")) return;
  const box = row.querySelector('input[name="pick"]');
  if (box) box.checked = wasPicked;
  const field = row.querySelector("[aria-invalid=true]") ?? row.querySelector("#row-title");
  (field ?? box)?.focus();
  field?.select?.();
  tell();
});

addEventListener("pageshow", tell);
document.addEventListener("DOMContentLoaded", tell);
