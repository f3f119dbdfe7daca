// Putting something into the composer while typing: a sign at the beginning of a word opens a list, what follows it filters, arrows choose,
// Enter or Tab puts it in, Esc closes. The buttons beside it do the same; without scripts they lead to a page.
const SIGNS = { "/": "saved", "@": "people", "#": "products", $: "cards" };
const TYPED = /(?:^|\s)([/@#$])([\p{L}\p{N}-]*)$/u;
const find = (selector) => document.querySelector(selector);
const box = () => find("#insert");
const options = () => [...document.querySelectorAll("#insert-options > li")];
let chosen = 0;
let asked = 0;
let shut = "";

/** The sign before the caret with what was typed after it, and where it stands. */
function sought(field) {
  const before = field.value.slice(0, field.selectionStart);
  const found = field.selectionStart === field.selectionEnd && TYPED.exec(before);
  return found && { sign: found[1], typed: found[2], from: before.length - found[2].length - 1, to: before.length };
}

async function follow(field) {
  const place = sought(field);
  if (!place) return close(field);
  const name = `${place.sign}${place.from}`;
  if (shut === name) return;
  shut = "";
  const turn = ++asked;
  const address = new URL(field.dataset.inserts, location.href);
  address.searchParams.set("what", SIGNS[place.sign]);
  address.searchParams.set("q", place.typed);
  const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok || turn !== asked) return;
  find("#insert-options").innerHTML = await answer.text();
  chosen = 0;
  box().hidden = false;
  draw(field);
  say();
}

function draw(field) {
  const all = options();
  chosen = (chosen + all.length) % Math.max(all.length, 1);
  all.forEach((option, index) => (option.ariaSelected = String(index === chosen)));
  if (all.length) field.setAttribute("aria-activedescendant", all[chosen].id);
  else field.removeAttribute("aria-activedescendant");
  all[chosen]?.scrollIntoView({ block: "nearest" });
}

/** How many there are, for who does not see the list. */
function say() {
  const line = find("#insert-says");
  const count = options().length;
  line.textContent = count === 0 ? line.dataset.none : count === 1 ? line.dataset.one : line.dataset.many.replace("%", count);
  line.classList.toggle("sr-only", count > 0);
}

function close(field) {
  asked += 1;
  if (!box() || box().hidden) return;
  box().hidden = true;
  field.removeAttribute("aria-activedescendant");
}

function take(field, option) {
  const place = sought(field);
  close(field);
  if (!place || !option) return;
  field.setRangeText(option.dataset.text, place.from, place.to, "end");
  if (option.dataset.card) showCard(option.dataset.card, option.dataset.heading);
  if ("note" in option.dataset) find("#kind-note")?.click();
  const gap = /\{[\p{L}\p{N}_]+\}/u.exec(option.dataset.text);
  if (gap) field.setSelectionRange(place.from + gap.index, place.from + gap.index + gap[0].length);
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** What goes with the message; nothing takes it away. */
function showCard(of, heading) {
  const card = find("#card");
  card.querySelector("input").value = of;
  card.querySelector("[data-heading]").textContent = heading;
  card.hidden = !of;
}

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-drops-card]")) return;
  event.preventDefault();
  showCard("", "");
  find("#words")?.focus();
});

const isField = (node) => node instanceof HTMLTextAreaElement && node.dataset.inserts;

document.addEventListener("input", (event) => isField(event.target) && follow(event.target));
// A button takes the focus away for a moment and gives it back.
document.addEventListener("focusout", (event) => isField(event.target) && setTimeout(() => document.activeElement === event.target || close(event.target), 150));

document.addEventListener(
  "keydown",
  (event) => {
    const field = event.target;
    if (!isField(field) || box()?.hidden !== false || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) ((chosen += step), draw(field));
    else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") {
      if (!options().length) return close(field);
      take(field, options()[chosen]);
    } else if (event.key === "Escape") {
      const place = sought(field);
      shut = place ? `${place.sign}${place.from}` : "";
      close(field);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

document.addEventListener("mousedown", (event) => {
  const option = event.target.closest?.("#insert-options > li");
  if (!option) return;
  event.preventDefault();
  take(find("#words"), option);
});

// A button types its sign, with a space before it where there must be one.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-sign]");
  const field = button && find("#words");
  if (!isField(field)) return;
  event.preventDefault();
  shut = "";
  const before = field.value.slice(0, field.selectionStart);
  field.focus();
  field.setRangeText((before && !/\s$/.test(before) ? " " : "") + button.dataset.sign, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
