// Courtesies of the shop and its chat; each page works without them.

// Suggestions below the search field: Escape and leaving close them, arrows walk through them.
document.addEventListener("keydown", (event) => {
  const search = event.target.closest?.(".search");
  const list = search?.querySelector(".suggestions");
  if (!list) return;
  if (event.key === "Escape") {
    list.remove();
    search.querySelector("input")?.focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const stops = [search.querySelector("input"), ...list.querySelectorAll("a")];
    const step = event.key === "ArrowDown" ? 1 : -1;
    stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length]?.focus();
  }
});
document.addEventListener("focusout", (event) => {
  const search = event.target.closest?.(".search");
  if (search && event.relatedTarget && !search.contains(event.relatedTarget)) search.querySelector(".suggestions")?.remove();
});
document.addEventListener("pointerdown", (event) => {
  if (!event.target.closest?.(".search")) document.querySelector(".search .suggestions")?.remove();
});

// Filters stand open beside a wide list, and are folded above a narrow one.
function openFilters(root) {
  const wide = matchMedia("(min-width: 62rem)").matches;
  for (const filters of root.querySelectorAll?.("details[data-wide-open]") ?? []) if (wide) filters.open = true;
}
document.addEventListener("DOMContentLoaded", () => openFilters(document));
document.addEventListener("htmx:after:swap", () => openFilters(document));

// Near me: only when asked, and only the page learns where.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-locates]");
  if (!button || !navigator.geolocation) return;
  button.disabled = true;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => location.assign(`/shops?lat=${coords.latitude.toFixed(3)}&lon=${coords.longitude.toFixed(3)}`),
    () => (button.disabled = false),
    { maximumAge: 600000, timeout: 8000 },
  );
});

// Sharing with the device's own sheet where there is one; else the address is copied (forms.js).
document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest?.("[data-shares]");
    if (!button || !navigator.share || !matchMedia("(pointer: coarse)").matches) return;
    event.stopImmediatePropagation();
    navigator.share({ title: button.dataset.shares, url: button.dataset.copies }).catch(() => {});
  },
  true,
);

// The chat: the last word is in sight, and the page around the frame learns who its visitor is and when to close.
const chat = () => document.querySelector("[data-chat-visitor]");
function lastWord() {
  const scroll = document.getElementById("chat-scroll");
  if (scroll) scroll.scrollTop = scroll.scrollHeight;
}
document.addEventListener("DOMContentLoaded", () => {
  const page = chat();
  if (!page) return;
  lastWord();
  if (parent !== window) {
    parent.postMessage({ visitor: page.dataset.chatVisitor }, "*");
    document.addEventListener("keydown", (event) => event.key === "Escape" && parent.postMessage({ hilo: "close" }, "*"));
  }
  page.querySelector("textarea")?.focus({ preventScroll: true });
  const thread = document.getElementById("chat-thread");
  if (thread) new MutationObserver(lastWord).observe(thread.parentElement, { childList: true, subtree: true });
});
document.addEventListener("htmx:after:swap", () => chat()?.querySelector("textarea:not(:focus)")?.focus({ preventScroll: true }));
