// <script src="https://shop.example/widget.js" defer></script>: a button in the corner that opens the chat.
// It stays out of the host page's styles (shadow root), loads the chat itself only when opened, and is open again on the next page.
// Links with data-chat open it too: data-chat="HANDLE" asks about a product, data-chat-order="NUMBER" about an order.
(() => {
  const script = document.currentScript;
  const home = new URL(script?.src ?? location.href).origin;
  const away = home !== location.origin;
  const lang = (script?.dataset.lang ?? document.documentElement.lang ?? "es").slice(0, 2) === "en" ? "en" : "es";
  const words = { es: { open: "Abrir el chat", close: "Cerrar el chat" }, en: { open: "Open chat", close: "Close chat" } }[lang];
  const OPEN = "hilo-chat-open";
  const VISITOR = "hilo-chat-visitor";

  // A page may forbid storage; the chat then works without memory.
  const kept = (store, name) => {
    try {
      return store().getItem(name);
    } catch {
      return null;
    }
  };
  const keep = (store, name, value) => {
    try {
      if (value === null) store().removeItem(name);
      else store().setItem(name, value);
    } catch {
      // Nothing is lost but the memory.
    }
  };
  const session = () => sessionStorage;
  const local = () => localStorage;

  const PATHS = {
    chat: "M2.992 16.342a2 2 0 0 1 .094 1.167l-1.065 3.29a1 1 0 0 0 1.236 1.168l3.413-.998a2 2 0 0 1 1.099.092 10 10 0 1 0-4.777-4.719",
    close: "M18 6 6 18M6 6l12 12",
  };
  const SVG = "http://www.w3.org/2000/svg";

  function icon(path) {
    const svg = document.createElementNS(SVG, "svg");
    for (const [name, value] of Object.entries({ width: 26, height: 26, viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": 2, "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true" })) svg.setAttribute(name, value);
    svg.append(document.createElementNS(SVG, "path"));
    svg.firstChild.setAttribute("d", path);
    return svg;
  }

  function mount() {
    const host = document.createElement("hilo-chat");
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      :host { --space: 16px; --low: 16px; all: initial }
      button { all: initial; position: fixed; inset: auto var(--space) calc(var(--low) + env(safe-area-inset-bottom)) auto; z-index: 2147483000; inline-size: 56px; block-size: 56px; border-radius: 28px; display: grid; place-items: center; cursor: pointer; background: #3340b0; color: #fff; box-shadow: 0 6px 24px rgb(0 0 0 / .22); transition: transform 140ms }
      button:hover { transform: translateY(-2px) }
      button:focus-visible { outline: 3px solid #8fa0ff; outline-offset: 3px }
      iframe { position: fixed; inset: auto var(--space) calc(var(--low) + 68px + env(safe-area-inset-bottom)) auto; z-index: 2147483000; inline-size: min(384px, calc(100vw - 2 * var(--space))); block-size: min(620px, calc(100dvh - var(--low) - 92px)); border: 0; border-radius: 18px; background: #fff; box-shadow: 0 16px 56px rgb(0 0 0 / .28); color-scheme: normal }
      iframe[hidden] { display: none }
      @media (max-width: 767px) { :host { --space: 12px; --low: 12px } :host([data-bar]) { --low: 76px } :host([data-bar="buy"]) { --low: 158px } button { inline-size: 52px; block-size: 52px } }
      @media (prefers-reduced-motion: reduce) { button { transition: none } }
      @media print { :host { display: none } }
    `);
    root.adoptedStyleSheets = [sheet];
    if (document.querySelector(".thumb-bar")) host.dataset.bar = document.querySelector(".buy-bar") ? "buy" : "";
    const button = document.createElement("button");
    button.type = "button";
    let frame;

    function address(about) {
      const query = new URLSearchParams({ lang, embedded: "1", ...about });
      const visitor = away ? kept(local, VISITOR) : null;
      if (visitor) query.set("v", visitor);
      const theme = document.documentElement.dataset.theme;
      if (theme && !away) query.set("theme", theme);
      return `${home}/chat?${query}`;
    }

    function show(open, about, takesFocus) {
      if (open && (!frame || about)) {
        frame?.remove();
        frame = document.createElement("iframe");
        frame.title = words.open;
        frame.allow = "clipboard-write";
        frame.src = address(about ?? {});
        root.append(frame);
      }
      if (frame) frame.hidden = !open;
      button.replaceChildren(icon(open ? PATHS.close : PATHS.chat));
      button.setAttribute("aria-expanded", String(open));
      button.setAttribute("aria-label", open ? words.close : words.open);
      keep(session, OPEN, open ? "1" : null);
      if (open && takesFocus) frame.focus();
    }

    const isOpen = () => button.getAttribute("aria-expanded") === "true";
    button.addEventListener("click", () => show(!isOpen(), undefined, true));
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("[data-chat]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const about = {};
      if (link.dataset.chat) about.product = link.dataset.chat;
      if (link.dataset.chatOrder) about.order = link.dataset.chatOrder;
      show(true, Object.keys(about).length ? about : undefined, true);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && isOpen()) show(false);
    });
    addEventListener("message", (event) => {
      if (event.origin !== home || event.source !== frame?.contentWindow) return;
      if (event.data?.hilo === "close") {
        show(false);
        button.focus();
      }
      if (away && typeof event.data?.visitor === "string") keep(local, VISITOR, event.data.visitor);
    });
    root.append(button);
    document.body.append(host);
    show(kept(session, OPEN) === "1", undefined, false);
  }

  const idle = window.requestIdleCallback ?? ((run) => setTimeout(run, 600));
  if (document.readyState === "complete") idle(mount);
  else addEventListener("load", () => idle(mount));
})();
