// <script src="https://shop.example/widget.js" defer></script>: a button in the corner that opens the chat.
// It stays out of the host page's styles (shadow root) and loads the chat itself only when opened.
(() => {
  const script = document.currentScript;
  const home = new URL(script?.src ?? location.href).origin;
  const lang = (script?.dataset.lang ?? document.documentElement.lang ?? "es").slice(0, 2) === "en" ? "en" : "es";
  const words = { es: { open: "Abrir el chat", close: "Cerrar el chat" }, en: { open: "Open chat", close: "Close chat" } }[lang];

  function mount() {
    const host = document.createElement("hilo-chat");
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      button { all: initial; position: fixed; inset: auto 16px 16px auto; z-index: 2147483000; inline-size: 56px; block-size: 56px; border-radius: 28px; display: grid; place-items: center; cursor: pointer; background: #2f3fb8; color: #fff; box-shadow: 0 6px 24px rgb(0 0 0 / .22) }
      button:focus-visible { outline: 3px solid #8fa0ff; outline-offset: 3px }
      iframe { position: fixed; inset: auto 16px 84px auto; z-index: 2147483000; inline-size: min(380px, calc(100vw - 32px)); block-size: min(620px, calc(100dvh - 108px)); border: 0; border-radius: 16px; background: #fff; box-shadow: 0 12px 48px rgb(0 0 0 / .26) }
      iframe[hidden] { display: none }
    `);
    root.adoptedStyleSheets = [sheet];
    const button = document.createElement("button");
    button.type = "button";
    button.innerHTML = '<svg width="26" height="26" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M2.992 16.342a2 2 0 0 1 .094 1.167l-1.065 3.29a1 1 0 0 0 1.236 1.168l3.413-.998a2 2 0 0 1 1.099.092 10 10 0 1 0-4.777-4.719"/></svg>';
    let frame;
    const show = (open) => {
      if (open && !frame) {
        frame = document.createElement("iframe");
        frame.src = `${home}/chat?lang=${lang}&embedded=1`;
        frame.title = "Chat";
        root.append(frame);
      }
      if (frame) frame.hidden = !open;
      button.setAttribute("aria-expanded", String(open));
      button.setAttribute("aria-label", open ? words.close : words.open);
      if (open) frame.focus();
    };
    button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
    root.append(button);
    document.body.append(host);
    show(false);
  }

  const idle = window.requestIdleCallback ?? ((run) => setTimeout(run, 600));
  if (document.readyState === "complete") idle(mount);
  else addEventListener("load", () => idle(mount));
})();
