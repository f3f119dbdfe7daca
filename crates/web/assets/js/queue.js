// A queue of any length. The page in the middle is the server's and kept up to date by it; further ones come as one scrolls or goes on by
// keyboard, and those far away leave a gap of their height. Without this file the links between the pages lead on.
const KEPT = 4;
const NEAR = "800px";
const PAUSE = 1000;

const list = () => document.querySelector("body.desk .list-pane:has(#queue)");
const all = (selector) => [...(list()?.querySelectorAll(selector) ?? [])];
const further = () => all(".rows-page:not(#rows)");
const place = (element) => element.getBoundingClientRect();
/** How far below the list's upper edge something stands. */
const below = (element) => place(element).top - place(list()).top;

/** Rows, and the places where rows are missing, from top to bottom. */
const stops = () =>
  [...document.querySelectorAll('[data-keys="rows"] a, .rows-gap, .rows-page > .more > a')].filter((stop) => stop.offsetParent);
const isRow = (stop) => stop.closest('[data-keys="rows"]');

/** To the next or previous row of the list; the one that is open counts as the first place. False when there is none. */
export function move(step) {
  const known = stops();
  const held = known.indexOf(document.activeElement);
  const from = held >= 0 ? held : known.findIndex((stop) => stop.hasAttribute("aria-current"));
  const to = from < 0 ? known.find(isRow) : known[Math.min(Math.max(from + step, 0), known.length - 1)];
  if (!to) return false;
  if (isRow(to)) return reach(to);
  bring(to).then((page) => {
    const rows = [...(page?.querySelectorAll(".threads a") ?? [])];
    reach(rows.at(step > 0 ? 0 : -1));
  });
  return true;
}

function reach(row) {
  row?.focus();
  row?.scrollIntoView({ block: "nearest" });
  return Boolean(row);
}

const coming = new Map();

/** Put the page behind a link or a gap in its place; the same one is fetched once at a time. */
function bring(stop) {
  if (!coming.has(stop)) coming.set(stop, put(stop).finally(() => coming.delete(stop)));
  return coming.get(stop);
}

async function put(stop) {
  const fresh = await fetched(stop.href ?? stop.dataset.href);
  if (!fresh || !stop.isConnected) return;
  const beside = stop.closest(".rows-page");
  still(() => {
    if (!beside) stop.replaceWith(fresh);
    else if (stop.rel === "prev") beside.before(fresh);
    else beside.after(fresh);
    once();
    const middle = place(list()).top + list().clientHeight / 2;
    const far = (page) => Math.abs((place(page).top + place(page).bottom) / 2 - middle);
    const farthest = further().filter((page) => page !== fresh).sort((a, b) => far(b) - far(a));
    farthest.slice(0, Math.max(farthest.length + 1 - KEPT, 0)).forEach(leaveGap);
  });
  watch();
  return fresh;
}

async function fetched(href) {
  const answer = await fetch(href, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) return null;
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  const page = holder.content.querySelector(".rows-page");
  if (page) page.dataset.href = href;
  return page;
}

function leaveGap(page) {
  if (page.contains(document.activeElement)) return;
  const gap = document.createElement("div");
  gap.className = "rows-gap";
  gap.dataset.href = page.dataset.href;
  gap.style.blockSize = `${page.offsetHeight}px`;
  page.replaceWith(gap);
}

/** A matter that has moved to another page stands there alone; whoever was at it goes with it. */
function once() {
  const seen = new Set(all("#rows .threads > li").map((row) => row.id));
  for (const row of further().flatMap((page) => [...page.querySelectorAll(".threads > li")])) {
    if (!seen.has(row.id)) seen.add(row.id);
    else row.remove();
  }
  hold();
}

/** Change the list so that what is looked at stays where it is. */
function still(change) {
  const restore = seen();
  change();
  restore();
}

/** Where the rows in sight stand now; what it answers puts the first of them that is left back there. */
function seen() {
  const pane = list();
  const rows = all(".threads > li").filter((row) => below(row) > -row.offsetHeight).map((row) => [row, below(row)]);
  return () => {
    const kept = rows.find(([row]) => row.isConnected);
    if (kept) pane.scrollTop += below(kept[0]) - kept[1];
  };
}

let held = "";
document.addEventListener("focusin", (event) => (held = event.target.closest?.(".threads > li")?.id ?? ""));
document.addEventListener("pointerdown", () => (held = ""));

/** An update that took the row away under the keyboard gives it back where it is now. */
function hold() {
  if (!held || document.activeElement !== document.body) return;
  document.getElementById(held)?.querySelector("a")?.focus({ preventScroll: true });
}

// What is missing comes before it is seen.
let watcher;
function watch() {
  watcher?.disconnect();
  if (!list()) return;
  const near = (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => bring(entry.target));
  watcher = new IntersectionObserver(near, { root: list(), rootMargin: `${NEAR} 0px` });
  stops().filter((stop) => !isRow(stop)).forEach((stop) => watcher.observe(stop));
}

// The server has changed its page: of the others those in sight come anew, the rest when they are looked for.
let restore;
document.addEventListener("htmx:before:swap", () => (restore = list()?.scrollTop ? seen() : undefined));

let waits;
document.addEventListener("htmx:after:swap", () => {
  if (!list()) return;
  once();
  restore?.();
  if (further().length) waits ??= setTimeout(renew, PAUSE);
  else watch();
});

async function renew() {
  waits = undefined;
  for (const page of further()) {
    const { top, bottom } = place(page);
    const pane = place(list());
    if (bottom < pane.top || top > pane.bottom) {
      leaveGap(page);
      continue;
    }
    const comesAfter = page.compareDocumentPosition(document.getElementById("rows")) & Node.DOCUMENT_POSITION_PRECEDING;
    const beside = comesAfter ? page.previousElementSibling : page.nextElementSibling;
    const fresh = await fetched(beside.querySelector(comesAfter ? 'a[rel="next"]' : 'a[rel="prev"]')?.href ?? page.dataset.href);
    if (!fresh || !page.isConnected) continue;
    still(() => {
      page.replaceWith(fresh);
      once();
    });
  }
  watch();
}

// Going from one thread to the next, the list stays where it was: the row that was chosen stands where it stood.
const ROW = "hilo-row";
document.addEventListener("click", (event) => {
  const row = event.target.closest?.(".list-pane .threads > li");
  if (row) sessionStorage.setItem(ROW, JSON.stringify([row.id, below(row)]));
});
document.addEventListener("DOMContentLoaded", async () => {
  const pane = list();
  if (!pane) return;
  const name = `hilo-list-${new URLSearchParams(location.search).get("view") ?? ""}`;
  addEventListener("pagehide", () => sessionStorage.setItem(name, pane.scrollTop));
  const [id, top] = JSON.parse(sessionStorage.getItem(ROW) ?? "[]");
  const row = id && document.getElementById(id);
  if (!row) {
    pane.scrollTop = Number(sessionStorage.getItem(name) ?? 0);
    pane.querySelector("[aria-current=true]")?.scrollIntoView({ block: "nearest" });
    return watch();
  }
  const restore = () => (pane.scrollTop += below(row) - top);
  restore();
  const before = pane.querySelector('.more > a[rel="prev"]');
  if (before && Math.abs(below(row) - top) > 1) {
    await bring(before);
    restore();
  }
  watch();
});
