import { chromium } from "playwright";
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const base = "http://127.0.0.1:8477";
for (const [name, w, h] of [["phone", 390, 844], ["desk", 1280, 800]]) {
  const c = await b.newContext({ viewport: { width: w, height: h }, locale: "es-ES" });
  const p = await c.newPage();
  await p.addInitScript(() => {
    let sub = null;
    const made = { toJSON: () => ({ endpoint: "https://push.example.net/x", keys: { p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", auth: "BTBZMqHH6r4Tts7J_aSIgg" } }), unsubscribe: async () => ((sub = null), true) };
    PushManager.prototype.getSubscription = async () => sub;
    PushManager.prototype.subscribe = async () => (sub = made);
  });
  if (name === "phone") {
    await p.goto(base + "/sign-in?next=/studio/channels/new/push");
    await p.fill("input[name=email]", "marta@almadeja.test"); await p.fill("input[name=password]", "hilo-demo-2026"); await p.press("input[name=password]", "Enter");
    await p.waitForURL(/push/);
    await p.screenshot({ path: "/tmp/push-new-phone.png", fullPage: true });
    await p.getByLabel("Nombre").fill("Almadeja"); await p.getByLabel("Tu correo").fill("hola@almadeja.test");
    await p.getByRole("button", { name: /Guardar y/ }).click();
    await p.waitForLoadState();
    await p.screenshot({ path: "/tmp/push-saved-phone.png", fullPage: true });
  }
  await p.goto(base + "/chat");
  await p.waitForTimeout(1500);
  await p.screenshot({ path: `/tmp/push-chat-${name}.png` });
  await p.locator("#chat-notices").click();
  await p.waitForTimeout(800);
  await p.screenshot({ path: `/tmp/push-on-${name}.png` });
  console.log(name, await p.locator("#chat-notices").innerText(), await p.locator("#chat-notices").getAttribute("aria-pressed"));
}
await b.close();
