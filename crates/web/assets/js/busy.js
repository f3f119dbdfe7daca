// Show the running thread when an answer takes longer than 300 ms.
let waiting = 0;
let timer;

function change(by) {
  waiting = Math.max(0, waiting + by);
  clearTimeout(timer);
  if (waiting) timer = setTimeout(() => document.documentElement.setAttribute("data-busy", ""), 300);
  else document.documentElement.removeAttribute("data-busy");
}

// A live stream stays open: it is not a wait.
const isStream = (event) => event.detail.ctx?.sourceElement?.hasAttribute("hx-sse:connect");

document.addEventListener("htmx:before:request", (event) => isStream(event) || change(1));
document.addEventListener("htmx:finally:request", (event) => isStream(event) || change(-1));
