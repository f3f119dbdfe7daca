import { expect, test } from "@playwright/test";
import { axe } from "../support/axe";
import { signIn } from "../support/sign-in";
import { turnTo } from "../support/rehearsal";

const ADMINISTRATOR = { email: "marta@almadeja.test", password: "hilo-demo-2026" };

test("help answers by itself, by keyboard and by button, and gives way to a person", async ({ page }) => {
  await page.goto("/help");
  await page.getByRole("link", { name: "Preguntar", exact: true }).click();
  await axe(page);
  await page.getByLabel("Escribe tu pregunta").fill("¿Dónde está mi pedido?");
  await page.keyboard.press("Enter");
  const log = page.getByRole("log");
  await expect(log).toContainText("¿Qué número tiene tu pedido?");
  await expect(page.getByLabel("Escribe tu pregunta")).toBeFocused();
  await page.getByRole("button", { name: "Horarios" }).click();
  await expect(log).toContainText("Hoy.");
  await page.keyboard.type("una persona");
  await page.keyboard.press("Enter");
  await expect(log).toContainText("Ya tiene lo que me has contado");
  await expect(page.getByRole("link", { name: "Seguir en el chat" })).toBeVisible();
  await axe(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await page.getByRole("button", { name: "Empezar de nuevo" }).click();
  await expect(log).toContainText("¿En qué te ayudo?");
});

test("on the rehearsal's phone a text is answered, and a call is by keys and by words", async ({ page }) => {
  await signIn(page, ADMINISTRATOR, "/studio/rehearsal");
  const number = String(Date.now() % 100_000).padStart(5, "0");
  await page.getByLabel("Nombre").fill(`Irene Llamada ${number}`);
  await page.getByLabel("Correo").fill(`irene.${number}@example.com`);
  await page.getByLabel("Teléfono").fill(`+34 6002${number}`);
  await page.getByRole("button", { name: "Empezar" }).first().click();
  const phone = page.locator("#phone");
  await turnTo(phone, "SMS");
  await phone.getByLabel("Escribe aquí").fill("hola");
  await phone.getByLabel("Escribe aquí").press("Enter");
  await expect(phone.locator(".line.theirs").last()).toContainText("1. Dónde está mi pedido", { timeout: 20_000 });

  await turnTo(phone, "Llamada");
  await phone.getByRole("button", { name: /^Llamar a/ }).click();
  await expect(phone.locator(".line.theirs").last()).toContainText("¿En qué te ayudo?");
  await phone.getByLabel("Teclas o palabras").fill("1");
  await phone.getByLabel("Teclas o palabras").press("Enter");
  await expect(phone.locator(".line.theirs").last()).toContainText("¿Qué número tiene tu pedido?");
  await phone.getByLabel("Teclas o palabras").fill("una persona");
  await phone.getByLabel("Teclas o palabras").press("Enter");
  await expect(phone.locator(".line.theirs").last()).toContainText("Te paso con una persona");
  await axe(page);
  await phone.getByRole("button", { name: "Colgar" }).click();
  await expect(phone.getByRole("button", { name: /^Llamar a/ })).toBeVisible();
});
