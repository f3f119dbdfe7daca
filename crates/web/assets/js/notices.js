// Toasts leave by themselves, unless they are errors, hovered or focused.
const LIFE = 6000;

function leave(toast) {
  if (toast.matches(":hover, :focus-within")) return setTimeout(() => leave(toast), 1500);
  toast.remove();
}

function watch(toast) {
  if (toast.dataset.watched || toast.classList.contains("bad")) return;
  toast.dataset.watched = "1";
  setTimeout(() => leave(toast), LIFE);
}

function start() {
  const region = document.getElementById("toasts");
  if (!region) return;
  region.querySelectorAll(".toast").forEach(watch);
  new MutationObserver(() => region.querySelectorAll(".toast").forEach(watch)).observe(region, { childList: true });
}

document.addEventListener("DOMContentLoaded", start);
document.addEventListener("click", (event) => event.target.closest?.("[data-dismisses]")?.closest(".toast, .notice")?.remove());

// The server cannot be reached, or a machine in front of it answered: say it in the page's own words.
function unreachable(event) {
  if (event.detail.ctx?.sourceElement?.hasAttribute("hx-sse:connect")) return;
  const text = document.querySelector('template[data-says="unreachable"]');
  const region = document.getElementById("toasts");
  if (text && region && !region.querySelector("[data-unreachable]")) region.append(text.content.cloneNode(true));
}
document.addEventListener("htmx:error", unreachable);
document.addEventListener("htmx:response:error", (event) => {
  if ([502, 504].includes(event.detail.ctx?.response?.status)) unreachable(event);
});

// A lost live line is shown quietly and taken away when it is back.
document.addEventListener("htmx:sse:error", () => document.documentElement.setAttribute("data-offline", ""));
document.addEventListener("htmx:sse:after:connection", () => document.documentElement.removeAttribute("data-offline"));
