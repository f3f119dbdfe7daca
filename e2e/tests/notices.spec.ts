import { expect, test } from "@playwright/test";
import { axe } from "../support/axe";
import { STAFF } from "../support/people";
import { signIn } from "../support/sign-in";

/** A subscription of a push service that nobody can reach from here. */
const SUBSCRIPTION = {
  endpoint: "https://push.example.net/x",
  keys: { p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", auth: "BTBZMqHH6r4Tts7J_aSIgg" },
};

test("notices are set up in two steps, switched on in the chat, and shown with no page in sight", async ({ page, context }) => {
  await signIn(page, STAFF.administrator, "/studio/channels");
  const known = page.getByRole("link", { name: /hola@avisos\.test/ });
  if ((await known.count()) === 0) {
    await page.goto("/studio/channels/new/push");
    await page.getByLabel("Nombre para el equipo").fill("Almadeja");
    await page.getByLabel("Tu correo").fill("hola@avisos.test");
    await axe(page);
    await page.getByRole("button", { name: /^Guardar y/ }).click();
    await expect(page.getByText("Canal encendido")).toBeVisible();
  }

  // The browser's own part, as far as it needs a service on the internet.
  await context.grantPermissions(["notifications"]);
  await page.addInitScript((subscription) => {
    let kept: object | null = null;
    const made = { toJSON: () => subscription, unsubscribe: async () => ((kept = null), true) };
    Object.assign(PushManager.prototype, { getSubscription: async () => kept, subscribe: async () => (kept = made) });
  }, SUBSCRIPTION);
  await page.goto("/chat");
  const bell = page.getByRole("button", { name: "Avísame aquí" });
  await bell.press("Enter");
  const on = page.getByRole("button", { name: "Avisos activados" });
  await expect(on).toHaveAttribute("aria-pressed", "true");
  await axe(page);

  // What a push service would bring wakes the worker, which shows it.
  const devtools = await context.newCDPSession(page);
  const registered = new Promise<string>((found) => {
    devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => registrations[0] && found(registrations[0].registrationId));
  });
  await devtools.send("ServiceWorker.enable");
  const origin = new URL(page.url()).origin;
  const data = JSON.stringify({ title: "Almadeja", body: "Sí, en la M. ¿Te la guardo?", tag: "m1" });
  await devtools.send("ServiceWorker.deliverPushMessage", { origin, registrationId: await registered, data });
  const shown = () =>
    page.evaluate(async () => {
      const worker = await navigator.serviceWorker.ready;
      return (await worker.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }));
    });
  await expect.poll(shown).toEqual([JSON.parse(data)]);

  await on.press("Enter");
  await expect(bell).toHaveAttribute("aria-pressed", "false");
});
