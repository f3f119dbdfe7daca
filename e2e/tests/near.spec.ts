import { expect, test } from "@playwright/test";
import { axe } from "../support/axe";

const SHIRT = "/products/camisa-marea?colour=blanco&size=M";

test("near me, size M, today: a postcode once, another size, and a piece is kept until tomorrow", async ({ page }, info) => {
  await page.goto(SHIRT);
  const near = page.getByRole("region", { name: "Recoger hoy cerca de ti" });
  await near.getByLabel("Código postal o ciudad").fill("28004");
  await near.getByLabel("Código postal o ciudad").press("Enter");
  await expect(near.getByText("Cerca de 28004")).toBeVisible();
  await expect(near.getByRole("listitem").first()).toContainText("Almadeja Madrid");
  // At the top, where nothing lies beneath the head of the page.
  await page.evaluate(() => scrollTo(0, 0));
  await axe(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await page.locator(".product-page .sizes .size", { hasText: /^L/ }).click();
  await expect(page).toHaveURL(/size=L/);
  await expect(near.getByText("Cerca de 28004")).toBeVisible();
  await near.getByRole("button", { name: /^Guardar hasta mañana.*Almadeja Madrid$/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Te lo guardamos en Almadeja Madrid");
  await axe(page);
  await page.getByLabel("Nombre y apellidos").fill("Carmen Cerca");
  await page.getByLabel("Correo electrónico").fill(`carmen.${info.project.name}@example.es`);
  await page.getByRole("button", { name: "Guardar hasta mañana" }).click();
  await expect(page.getByText("Para recoger en Almadeja Madrid")).toBeVisible();
});

test("the device's own place is asked for only by a press", async ({ browser }) => {
  const context = await browser.newContext({ geolocation: { latitude: 39.47, longitude: -0.37 }, permissions: ["geolocation"] });
  const page = await context.newPage();
  await page.goto(SHIRT);
  await expect(page.locator("#near ol")).toHaveCount(0);
  await page.getByRole("button", { name: "Usar mi ubicación" }).click();
  await expect(page.locator("#near").getByText("Cerca de donde estás")).toBeVisible();
  await expect(page.locator("#near li").first()).toContainText("Almadeja Valencia");
  await context.close();
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  test("a town is given in a plain form", async ({ page }) => {
    await page.goto(SHIRT);
    await page.getByLabel("Código postal o ciudad").fill("Bilbao");
    await page.getByRole("button", { name: "Ver tiendas" }).click();
    await expect(page).toHaveURL(/camisa-marea.*#near$/);
    await expect(page.locator("#near li").first()).toContainText("Almadeja Bilbao");
    await expect(page.getByRole("button", { name: "Usar mi ubicación" })).toBeHidden();
  });
});
