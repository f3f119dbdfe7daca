// The desk by keyboard. Single keys can be changed and switched off in the ? dialog (WCAG 2.1.4); everything has a button as well.
import { move } from "./queue.js";

const SETTING = "hilo-single-keys";
const OWN_KEYS = "hilo-keys";
const TYPED = "input, textarea, select, [contenteditable], dialog";
const onDesk = () => document.body.classList.contains("desk");
const find = (selector) => document.querySelector(selector);

const actions = {
  j: () => move(1),
  k: () => move(-1),
  r: () => write("#kind-reply") || press("#write"),
  n: () => write("#kind-note"),
  c: () => open(find("#by")),
  a: () => open(find("#assign")),
  s: () => open(find("#snooze")),
  t: () => press("#transfer"),
  g: () => open(find("#tag")),
  m: () => open(find("#promise-new")),
  v: () => press("#room"),
  e: () => press("#resolve, #reopen"),
  E: () => press("#resolve-next"),
  l: () => press("#call-answer"),
  h: () => press("#call-hold"),
  "/": () => focus(find('[data-keys="search"]') ?? find(".bar .search input")),
  "?": () => find("#keys")?.showModal(),
};

function focus(element) {
  element?.focus();
  element?.scrollIntoView?.({ block: "nearest" });
  return Boolean(element);
}

function write(kind) {
  const choice = find(kind);
  if (!choice) return false;
  choice.click();
  return focus(find("#words"));
}

function open(element) {
  if (!element) return false;
  if (element instanceof HTMLDetailsElement) {
    element.open = true;
    return focus(element.querySelector(".menu-list :is(input:not([type=hidden]), button, a)"));
  }
  focus(element);
  element.showPicker?.();
  return true;
}

function press(selector) {
  const button = find(selector);
  button?.click();
  return Boolean(button);
}

/** The keys that this reader changed: what an action is called, by the key it is at first. */
function ownKeys() {
  try {
    return JSON.parse(localStorage.getItem(OWN_KEYS)) ?? {};
  } catch {
    return {};
  }
}

/** The action behind a key. */
function actionOf(key) {
  const own = ownKeys();
  const moved = Object.keys(own).find((name) => own[name] === key);
  return moved ?? (Object.hasOwn(actions, key) && !Object.hasOwn(own, key) ? key : undefined);
}

/** A key pressed in a field of the ? dialog becomes that action's, unless another has it. */
function changeKey(event) {
  if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || event.key === " ") return;
  event.preventDefault();
  const { keyOf } = event.target.dataset;
  const says = find("#keys-says");
  const taken = actionOf(event.key);
  if (taken && taken !== keyOf) return (says.textContent = says.dataset.taken);
  const own = ownKeys();
  if (event.key === keyOf) delete own[keyOf];
  else own[keyOf] = event.key;
  localStorage.setItem(OWN_KEYS, JSON.stringify(own));
  says.textContent = says.dataset.kept;
  showKeys();
}

function showKeys() {
  const own = ownKeys();
  for (const field of document.querySelectorAll("[data-key-of]")) field.value = own[field.dataset.keyOf] ?? field.dataset.keyOf;
}

const singleKeys = () => localStorage.getItem(SETTING) !== "off";

document.addEventListener("keydown", (event) => {
  if (!onDesk() || event.defaultPrevented || event.isComposing) return;
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    return palette();
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("[data-sends-with-ctrl]")) {
    event.preventDefault();
    return event.target.form.requestSubmit();
  }
  if (event.key === "Escape" && event.target.matches("#words")) return event.target.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPED)) return;
  const arrow = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (arrow && event.target.closest('[data-keys="rows"]')) return void (move(arrow) && event.preventDefault());
  if (!singleKeys()) return;
  const meant = actionOf(event.key);
  if (meant && actions[meant]() !== false) event.preventDefault();
});

document.addEventListener("DOMContentLoaded", () => {
  const box = find("[data-single-keys]");
  if (box) box.checked = singleKeys();
  box?.addEventListener("change", () => localStorage.setItem(SETTING, box.checked ? "on" : "off"));
  document.querySelectorAll("[data-key-of]").forEach((field) => field.addEventListener("keydown", changeKey));
  find("[data-keys-reset]")?.addEventListener("click", () => (localStorage.removeItem(OWN_KEYS), showKeys()));
  showKeys();
});

/** Every button and link with data-command, and the places of the rail, by name. */
function palette() {
  const dialog = find("#palette");
  if (!dialog || dialog.open) return;
  const field = dialog.querySelector("input");
  const list = dialog.querySelector("ul");
  const offered = ["[data-command]", ".queue .tabs a, .queue .menu-list a", ".rail a"].flatMap((kind) => [...document.querySelectorAll(kind)]);
  const named = (element) => element.querySelector(".grow") ?? element.firstChild;
  const commands = offered.map((element) => ({
    element,
    words: element.dataset.command ?? element.getAttribute("aria-label") ?? named(element).textContent.trim(),
  }));
  let chosen = 0;
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const matching = () => commands.filter(({ words }) => folded(words).includes(folded(field.value)));
  const run = (command) => {
    dialog.close();
    command?.element.click();
  };
  const draw = () => {
    const found = matching();
    chosen = Math.min(Math.max(chosen, 0), Math.max(found.length - 1, 0));
    list.replaceChildren(
      ...found.map((command, index) => {
        const item = document.createElement("li");
        item.role = "option";
        item.id = `command-${index}`;
        item.textContent = command.words;
        item.ariaSelected = String(index === chosen);
        item.addEventListener("click", () => run(command));
        return item;
      }),
    );
    field.setAttribute("aria-activedescendant", found.length ? `command-${chosen}` : "");
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
  };
  field.value = "";
  field.oninput = () => ((chosen = 0), draw());
  field.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) ((chosen += step), draw());
    else if (event.key === "Enter") run(matching()[chosen]);
    else return;
    event.preventDefault();
  };
  draw();
  dialog.showModal();
}
