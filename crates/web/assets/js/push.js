// Notices on the device, where the browser can be reached: a switch in the chat. In a frame on another site there is none.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

async function tell(button, subscription, path) {
  const { endpoint, keys } = subscription.toJSON();
  const body = new URLSearchParams({ endpoint, p256dh: keys.p256dh, auth: keys.auth });
  const answer = await fetch(`${path}?v=${encodeURIComponent(button.dataset.noticesV)}`, { method: "POST", body });
  if (!answer.ok) throw new Error(`${answer.status}`);
}
function show(button, on) {
  button.setAttribute("aria-pressed", String(on));
  button.querySelector("span").textContent = on ? button.dataset.off : button.dataset.on;
}
async function turn(button) {
  const worker = await navigator.serviceWorker.ready;
  if (button.getAttribute("aria-pressed") === "true") {
    const known = await worker.pushManager.getSubscription();
    if (known) await tell(button, known, "/chat/notices/removal");
    await known?.unsubscribe();
    return show(button, false);
  }
  const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(button.dataset.notices) });
  try {
    await tell(button, made, "/chat/notices");
  } catch (refused) {
    // What nobody here knows of would look switched on for ever.
    await made.unsubscribe();
    throw refused;
  }
  show(button, true);
}

document.addEventListener("DOMContentLoaded", async () => {
  const button = document.querySelector("[data-notices]");
  if (!button || window.parent !== window || !("serviceWorker" in navigator) || !("PushManager" in window)) return;
  const worker = await navigator.serviceWorker.register("/sw.js");
  const known = await worker.pushManager.getSubscription();
  show(button, Boolean(known));
  button.hidden = false;
  // Told again: it may have been lost here, or belong to whoever has signed in meanwhile.
  if (known) await tell(button, known, "/chat/notices").catch(() => show(button, false));
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await turn(button);
    } catch {
      button.querySelector("span").textContent = button.dataset.refused;
    }
    button.disabled = false;
  });
});
