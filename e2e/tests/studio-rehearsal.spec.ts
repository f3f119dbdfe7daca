import { expect, test } from "@playwright/test";
import { axe } from "../support/axe";
import { picture } from "../support/picture";
import { signIn } from "../support/sign-in";
import { turnTo } from "../support/rehearsal";

const ADMINISTRATOR = { email: "marta@almadeja.test", password: "hilo-demo-2026" };

test("the story begins: a mail, a WhatsApp, and an answer from the desk beside the phone", async ({ page }) => {
  await signIn(page, ADMINISTRATOR, "/studio/rehearsal");
  await axe(page);
  const number = String(Date.now() % 100_000).padStart(5, "0");
  await page.getByLabel("Nombre").fill(`Lucía Ensayo ${number}`);
  await page.getByLabel("Correo").fill(`lucia.${number}@example.com`);
  await page.getByLabel("Teléfono").fill(`+34 6001${number}`);
  await page.getByRole("button", { name: "Empezar" }).first().click();

  const phone = page.locator("#phone");
  const done = page.locator("#steps li.done");
  await phone.getByLabel("Asunto").fill("Camisa azul");
  await phone.getByLabel("Escribe aquí").fill("Hola, ¿tenéis la camisa azul en la M?");
  await phone.getByRole("button", { name: "Enviar" }).click();
  await expect(phone.locator(".line.mine")).toHaveCount(1);
  await expect(done).toHaveCount(1);

  await turnTo(phone, "WhatsApp");
  await phone.getByLabel("Escribe aquí").fill("Soy yo otra vez, ¿la puedo recoger hoy?");
  await phone.getByLabel("Escribe aquí").press("Enter");
  await expect(phone.locator(".line.mine")).toHaveCount(1);
  await expect(done).toHaveCount(2);

  const desk = page.frameLocator("iframe[name=desk]");
  // Two matters wait; the mail's is due first, and this answer is for the other.
  const asked = desk.locator("#queue li").filter({ hasText: "Soy yo otra vez" });
  await asked.getByRole("link", { name: `Lucía Ensayo ${number}` }).first().click();
  await desk.locator("#composer textarea").first().fill("¡Claro! Te la guardamos.");
  await desk.locator("#composer").getByRole("button", { name: /enviar|responder/i }).first().click();
  await expect(phone.locator(".line.theirs")).toContainText("Te la guardamos", { timeout: 20_000 });
  await expect(done).toHaveCount(3);
  await axe(page);
  await picture(page, "rehearsal");
});
