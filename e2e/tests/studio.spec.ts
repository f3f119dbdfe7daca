import { expect, test } from "@playwright/test";
import { axe } from "../support/axe";
import { picture } from "../support/picture";
import { signIn } from "../support/sign-in";

const ADMINISTRATOR = { email: "marta@almadeja.test", password: "hilo-demo-2026" };

test.beforeEach(async ({ page }) => {
  await signIn(page, ADMINISTRATOR, "/studio");
});

test("today stands in plain sentences, and each leads to what is behind it", async ({ page }) => {
  await expect(page.getByRole("heading", { level: 1, name: /^Hola, Marta/ })).toBeVisible();
  await axe(page);
  await picture(page, "studio");
  await page.getByRole("link", { name: /agotando/ }).click();
  await expect(page).toHaveURL(/\/studio\/stock$/);
});

for (const path of [
  "/studio/products",
  "/studio/products/new",
  "/studio/products/import",
  "/studio/products/imports",
  "/studio/collections",
  "/studio/customers",
  "/studio/customers/import",
  "/studio/customers/imports",
  "/studio/customers/same",
  "/studio/segments",
  "/studio/segments/new",
  "/studio/companies",
  "/studio/companies/new",
  "/studio/ratings",
  "/studio/stock",
  "/studio/stock?view=all",
  "/studio/stock/coming",
  "/studio/stock/reorder",
  "/studio/locations",
  "/studio/locations/new",
  "/studio/staff",
  "/studio/staff/new",
  "/studio/privacy",
  "/studio/keys",
  "/studio/audit",
  "/studio/channels",
  "/studio/channels/new/whatsapp",
  "/studio/health",
  "/studio/rehearsal",
]) {
  test(`${path} has no barrier and fits its screen`, async ({ page }) => {
    await page.goto(path);
    await axe(page);
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(beyond).toBeLessThanOrEqual(0);
  });
}

test("a product is found, changed, and its history says who", async ({ page }) => {
  await page.goto("/studio/products?q=camiseta");
  await page.getByRole("row").nth(1).getByRole("link").first().click();
  await axe(page);
  const vendor = page.getByLabel("Marca", { exact: true });
  await vendor.fill(`Almadeja ${Date.now() % 1000}`);
  await page.getByRole("button", { name: "Guardar", exact: true }).first().click();
  await expect(page.getByText(/Guardado: versión \d+/)).toBeVisible();
  await expect(page.locator("#history li").first()).toContainText("Marta Olivares");
});

test("stock is received, refused with what was typed, and undone", async ({ page }) => {
  await page.goto("/studio/stock?view=all");
  await page.getByRole("rowheader").getByRole("link").first().click();
  await axe(page);
  await page.getByLabel("Cuántas").fill("muchas");
  await page.getByRole("button", { name: "Recibir" }).click();
  await expect(page.getByText("Escribe un número.")).toBeVisible();
  await expect(page.getByLabel("Cuántas")).toHaveValue("muchas");
  await page.getByLabel("Cuántas").fill("3");
  await page.getByRole("button", { name: "Recibir" }).click();
  await expect(page.getByText("Recibidas: 3")).toBeVisible();
  await page.getByRole("button", { name: "Deshacer" }).click();
  await expect(page.getByText("Deshecho")).toBeVisible();
});

test("a key's secret is shown once", async ({ page }) => {
  await page.goto("/studio/keys");
  await page.getByLabel("Para qué es").fill(`Prueba ${Date.now()}`);
  await page.getByLabel("Ver pedidos").check();
  await page.getByRole("button", { name: "Crear clave" }).click();
  const secret = await page.locator("code.secret").innerText();
  expect(secret).toMatch(/^hilo_/);
  await page.goto("/studio/keys");
  expect(await page.content()).not.toContain(secret);
});

test("everything in the studio's menu is reached by keyboard", async ({ page }) => {
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Saltar al contenido" })).toBeFocused();
  const products = page.getByRole("link", { name: "Productos" });
  for (let press = 0; press < 12 && !(await products.evaluate((link) => link === document.activeElement)); press++)
    await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/studio\/products$/);
});
