// A scanner types fast and ends with Enter: wherever the focus is, its code goes to the scan field.
const GAP = 40;
const SHORTEST = 6;
let typed = "";
let last = 0;

document.addEventListener("keydown", (event) => {
  const field = document.querySelector("[data-scan]");
  if (!field || event.ctrlKey || event.metaKey || event.altKey) return;
  // A form that waits for a code of its own, such as a new customer's card.
  if (event.target.closest?.("[data-takes-scan]")) return;
  if (event.timeStamp - last > GAP) typed = "";
  last = event.timeStamp;
  if (event.key === "Enter") {
    if (typed.length >= SHORTEST && event.target !== field) {
      event.preventDefault();
      field.value = typed;
      field.form?.requestSubmit();
    }
    typed = "";
  } else if (event.key.length === 1) typed += event.key;
});

// <button data-prints>: the receipt goes to the printer.
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-prints]")) print();
});
