// From one thread of the list to the next: the thread and the customer are exchanged, the page around them stays. Where only one pane
// is in sight, and for rows of another page of the list, the link leads to a page of its own.
import htmx from "htmx.org";

const isPlain = (event) => event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

document.addEventListener("click", (event) => {
  const row = event.target.closest?.("#rows .threads a");
  const main = document.getElementById("main");
  if (!row || event.defaultPrevented || !isPlain(event) || !document.getElementById("side") || !main.offsetParent) return;
  event.preventDefault();
  document.querySelectorAll("#rows .threads a[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
  row.setAttribute("aria-current", "true");
  row.closest("li").classList.remove("unread");
  htmx.ajax("GET", row.href, { source: main, target: main, swap: "innerHTML" });
});
