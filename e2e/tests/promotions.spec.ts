import { expect, test, type Page } from "@playwright/test";
import { axe } from "../support/axe";
import { STAFF } from "../support/people";
import { signIn } from "../support/sign-in";

/** Choose a radio by its words, by keyboard alone. */
async function choose(page: Page, words: string) {
  const radio = page.getByRole("radio", { name: words });
  await radio.focus();
  await page.keyboard.press("Space");
  await expect(radio).toBeChecked();
}

test("a promotion is prepared by keyboard, tried on real products, started, and stopped again", async ({ page }) => {
  const name = `Feria ${Date.now() % 1_000_000}`;
  await signIn(page, STAFF.administrator, "/studio/promotions");
  await page.getByRole("link", { name: "Promoción nueva" }).first().press("Enter");
  await page.getByLabel("Nombre", { exact: true }).focus();
  await page.keyboard.type(name);
  await choose(page, "Un porcentaje");
  // Only the fields of what is chosen are there.
  await expect(page.getByLabel("Lleva", { exact: true })).toBeHidden();
  await page.getByLabel("Porcentaje", { exact: true }).focus();
  await page.keyboard.type("101");
  await page.keyboard.press("Enter");
  // Refused beside its field, with all that was typed.
  await expect(page.locator("#percent-says .error")).toContainText("De 0,01 a 100");
  await expect(page.getByLabel("Nombre", { exact: true })).toHaveValue(name);
  await page.getByLabel("Porcentaje", { exact: true }).fill("20");
  // The trial follows what is typed.
  await expect(page.locator("#trial")).toContainText("Descuenta");
  await expect(page.locator("#trial li")).toHaveCount(3);
  await choose(page, "Productos");
  await page.getByLabel("Buscar productos para añadir").focus();
  await page.keyboard.type("camisa");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const first = page.locator(".picks.for-products input").first();
  await first.focus();
  await page.keyboard.press("Space");
  await choose(page, "Se suma");
  const coupon = page.getByRole("checkbox", { name: /Solo con cupón/ });
  await coupon.focus();
  await page.keyboard.press("Space");
  await expect(page.locator("#trial")).toContainText("No entra en esta promoción.");
  await axe(page);
  await page.getByRole("button", { name: "Guardar sin empezar" }).press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Parada");

  await page.locator("#coupon").fill(`feria ${Date.now() % 100_000}`);
  await page.locator("#uses").fill("100");
  await page.getByRole("button", { name: "Crear código", exact: true }).press("Enter");
  await expect(page.locator("#coupons")).toContainText("0 de 100");
  await page.locator("#many").fill("5");
  await page.locator("#prefix").fill("UNICO");
  await page.getByRole("button", { name: "Crear códigos" }).press("Enter");
  await expect(page.locator("#coupons tbody tr")).toHaveCount(6);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Descargar CSV" }).press("Enter");
  expect((await download).suggestedFilename()).toMatch(/^coupons-feria-\d+\.csv$/);

  await page.getByRole("button", { name: "Poner en marcha" }).press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("En marcha");
  await axe(page);
  await page.getByRole("button", { name: "Parar" }).press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Parada");
  await expect(page.locator("#history")).toContainText("paró la promoción");
  await page.goto("/studio/promotions?state=stopped");
  await expect(page.getByRole("link", { name })).toBeVisible();
  await axe(page);
});
