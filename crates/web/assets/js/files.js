// Files for the message that is being written: pasted into it or dropped on it, they are chosen as if by the button.
const chooser = (node) => node?.closest?.("form:has(input[type=file][name=file])")?.querySelector("input[type=file][name=file]");

function choose(event, files) {
  const input = files?.length ? chooser(event.target) : null;
  if (!input) return;
  event.preventDefault();
  input.files = files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("paste", (event) => {
  // Words and tables from an office program bring a picture of themselves along.
  if (event.clipboardData?.types.includes("text/plain")) return;
  choose(event, event.clipboardData?.files);
});
document.addEventListener("drop", (event) => {
  chooser(event.target)?.form.classList.remove("takes-files");
  choose(event, event.dataTransfer?.files);
});
document.addEventListener("dragover", (event) => {
  const input = event.dataTransfer?.types.includes("Files") && chooser(event.target);
  if (!input) return;
  event.preventDefault();
  input.form.classList.add("takes-files");
});
document.addEventListener("dragleave", (event) => {
  const form = chooser(event.target)?.form;
  if (form && !form.contains(event.relatedTarget)) form.classList.remove("takes-files");
});
// The button that was pressed is gone with what it took away: the next press begins at the chooser.
document.addEventListener("htmx:after:swap", (event) => {
  const files = event.target?.id === "files" || event.detail?.ctx?.target?.id === "files";
  if (files && document.activeElement === document.body) document.querySelector("#files input[type=file]")?.focus();
});
