// Courtesies of the shop and its chat; each page works without them.

// Suggestions below the search field: Escape and leaving close them, arrows walk through them.
document.addEventListener("keydown", (event) => {
  const search = event.target.closest?.(".search");
  const list = search?.querySelector(".suggestions");
  if (!list) return;
  if (event.key === "Escape") {
    search.querySelector("input")?.focus();
    list.remove();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const stops = [search.querySelector("input"), ...list.querySelectorAll("a, button")];
    const step = event.key === "ArrowDown" ? 1 : -1;
    stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length]?.focus();
  }
});
document.addEventListener("focusout", (event) => {
  const search = event.target.closest?.(".search");
  if (search && event.relatedTarget && !search.contains(event.relatedTarget)) search.querySelector(".suggestions")?.remove();
});

// What was searched for on this device stays on it. An empty field offers it again, beside what others search for.
const SEARCHED = "hilo-searched";
const searched = () => {
  try {
    return JSON.parse(localStorage.getItem(SEARCHED)) ?? [];
  } catch {
    return [];
  }
};
function keepSearched() {
  const words = document.querySelector("[data-found]")?.dataset.found;
  if (words) localStorage.setItem(SEARCHED, JSON.stringify([words, ...searched().filter((other) => other !== words)].slice(0, 5)));
}
document.addEventListener("DOMContentLoaded", keepSearched);
document.addEventListener("focusin", (event) => {
  const field = event.target.closest?.(".search input[hx-get]");
  const isBack = event.relatedTarget && field?.closest(".search").contains(event.relatedTarget);
  if (field && !field.value && !isBack) field.dispatchEvent(new CustomEvent("asks"));
});
document.addEventListener("htmx:after:swap", () => {
  const list = document.querySelector(".search [data-searched]");
  if (!list) return;
  const recent = list.querySelector("[data-recent]");
  for (const words of searched()) {
    const link = document.createElement("a");
    link.href = `/products?q=${encodeURIComponent(words)}`;
    link.textContent = words;
    const item = document.createElement("li");
    item.append(link);
    recent.querySelector("ul").append(item);
    recent.hidden = false;
  }
  list.hidden = !list.querySelector("a");
});
document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-forgets]")) return;
  localStorage.removeItem(SEARCHED);
  const search = event.target.closest(".search");
  search.querySelector("input").focus();
  search.querySelector("[data-recent]").remove();
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
  const to = new URL(button.dataset.locates || "/shops", location.href);
  const go = ({ coords }) => {
    to.searchParams.set("lat", coords.latitude.toFixed(3));
    to.searchParams.set("lon", coords.longitude.toFixed(3));
    location.assign(to);
  };
  navigator.geolocation.getCurrentPosition(
    go,
    () => {
      button.disabled = false;
      button.parentElement.querySelector("[data-not-located]")?.removeAttribute("hidden");
    },
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
