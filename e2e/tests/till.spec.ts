import { expect, test, type Page } from "@playwright/test";
import { axe } from "../support/axe";
import { picture } from "../support/picture";
import { signIn } from "../support/sign-in";

const ASSOCIATE = { email: "diego@almadeja.test", password: "hilo-demo-2026" };
/** A T-shirt that every shop has. */
const SHIRT = { sku: "CTA-001-NEG-M", barcode: "2900001000062", name: "Camiseta Faena" };

const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 720;

/** As a scanner does: fast, then Enter, wherever the focus is. */
async function scan(page: Page, code: string): Promise<void> {
  await page.locator("h1").first().click();
  await page.keyboard.type(code);
  await page.keyboard.press("Enter");
}

/** Nothing lies at the till. */
async function begin(page: Page, path = "/till"): Promise<void> {
  await signIn(page, ASSOCIATE, "/till");
  await page.goto("/till/cart");
  const next = page.getByRole("button", { name: "Siguiente cliente" });
  if (await next.isVisible()) await next.click();
  await page.goto(path);
}

/** The smallest target on the page is large enough for a thumb, links within sentences aside. */
async function thumbs(page: Page): Promise<void> {
  const small = await page.locator("main :is(button, select, input:not([type=hidden], [type=checkbox]), a.button, a.cell, .dock a)").evaluateAll((all) =>
    all
      .map((element) => ({ name: element.outerHTML.slice(0, 90), box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && box.height > 0 && (box.height < 43.5 || box.width < 43.5))
      .map(({ name, box }) => `${Math.round(box.width)}×${Math.round(box.height)} ${name}`),
  );
  expect(small, page.url()).toEqual([]);
}

test("a scanned article is sold for cash, and the change is said", async ({ page }) => {
  await begin(page, "/till/stock");
  await scan(page, SHIRT.sku);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(SHIRT.name);
  await axe(page);
  await thumbs(page);
  await picture(page, "till-product");
  await page.getByRole("button", { name: "Se lo lleva ahora" }).click();
  if (isPhone(page)) await page.getByRole("link", { name: /^Cesta, 1 artículo/ }).click();
  else await expect(page.locator("#basket .line-item")).toHaveCount(1);
  await page.goto("/till/cart");
  await axe(page);
  await thumbs(page);
  await page.getByRole("link", { name: /^Cobrar/ }).click();
  await axe(page);
  await thumbs(page);
  await picture(page, "till-pay");
  await page.getByLabel("Entregado").fill("1");
  await page.getByRole("button", { name: "Cobrar", exact: true }).click();
  await expect(page.getByLabel("Entregado")).toHaveValue("1");
  await expect(page.getByText(/^Faltan/)).toBeVisible();
  await page.getByLabel("Entregado").fill("50");
  await page.keyboard.press("Enter");
  await expect(page.getByText("25,10 €").first()).toBeVisible();
  await expect(page.getByText("Completo")).toBeVisible();
  await axe(page);
  await page.getByRole("link", { name: "Recibo" }).click();
  await expect(page.locator(".receipt")).toContainText("25,10 €");
  await axe(page);
});

test("the quantity changes in place and the focus stays", async ({ page }) => {
  await begin(page, `/till/find?q=${SHIRT.barcode}`);
  await page.getByRole("button", { name: "Se lo lleva ahora" }).click();
  await page.goto("/till/cart");
  const more = page.getByRole("button", { name: /^Una unidad más/ });
  await more.focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("#basket output")).toHaveText("2");
  await expect(more).toBeFocused();
  await page.getByRole("button", { name: /^Quitar/ }).click();
  await expect(page.getByText("La cesta está vacía")).toBeVisible();
});

test("a customer is added, served and found again by card", async ({ page }) => {
  await begin(page, "/till/customers");
  await axe(page);
  const card = `E2E${Date.now()}`;
  await page.getByLabel("Nombre", { exact: true }).fill("Vega Prueba");
  await page.getByLabel("Tarjeta", { exact: true }).fill(card);
  await page.getByRole("button", { name: "Añadir" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Vega Prueba");
  await axe(page);
  await thumbs(page);
  await page.getByRole("button", { name: /Empezar su cesta/ }).click();
  await expect(page.locator("#basket")).toContainText("Vega Prueba");
  await page.goto("/till/stock");
  await scan(page, card);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Vega Prueba");
});

test("pickups, returns and stock have no barriers", async ({ page }) => {
  await begin(page);
  for (const path of ["/till", "/till/pickups", "/till/returns", `/till/stock?q=${SHIRT.sku}`, "/till/returns?q=H-000001", "/till/find?q=camisa", "/till/shop"]) {
    await page.goto(path);
    await axe(page);
    await thumbs(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, path).toBeLessThanOrEqual(0);
  }
  await page.goto("/till");
  await picture(page, "till");
});

test("without scripts the same sale is possible", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "es-ES" });
  const page = await context.newPage();
  await begin(page, `/till/find?q=${SHIRT.sku}`);
  await page.getByRole("button", { name: "Se lo lleva ahora" }).click();
  await page.goto("/till/pay");
  await page.getByLabel("Número de recibo del datáfono").fill("0042");
  await page.getByRole("button", { name: "La tarjeta ha pagado" }).click();
  await expect(page.getByText("Completo")).toBeVisible();
  await context.close();
});

test("two tills with one customer's cart show the same at once", async ({ page, browser }) => {
  await begin(page, "/till/customers?q=carmen");
  const customer = await page.locator(".list.linked a").first().getAttribute("href");
  const other = await (await browser.newContext({ locale: "es-ES" })).newPage();
  await signIn(other, ASSOCIATE, "/till");
  for (const till of [page, other]) {
    await till.goto(customer ?? "");
    await till.getByRole("button", { name: /su cesta/ }).click();
    await expect(till).toHaveURL(/\/till\/cart$/);
  }
  const lines = other.locator("#basket .line-item", { hasText: SHIRT.name });
  const before = await lines.count();
  await page.goto(`/till/find?q=${SHIRT.sku}`);
  await page.getByRole("button", { name: "Se lo lleva ahora" }).click();
  if (before === 0) await expect(lines).toHaveCount(1, { timeout: 3_000 });
  await page.goto("/till/cart");
  await page.getByRole("button", { name: `Quitar ${SHIRT.name}` }).first().click();
  await expect(lines).toHaveCount(0, { timeout: 3_000 });
  await other.context().close();
});
