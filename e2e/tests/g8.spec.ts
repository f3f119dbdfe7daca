import { expect, test, type Browser, type Page } from "@playwright/test";
import { axe } from "../support/axe";
import { STAFF, isPhone, newCustomer } from "../support/people";
import { picture } from "../support/picture";
import { signIn, type Staff } from "../support/sign-in";
import { another, closeWindows } from "../support/windows";

/** G8: bought on the web, collected in one shop, returned in another; money and stock right; one timeline. */

test.afterEach(closeWindows);

const SHIRT = { handle: "camiseta-faena", sku: "CTA-001-NEG-M", name: "Camiseta Faena", price: "24,90 €" };

/** Somebody of the staff in a window of their own. */
async function staff(browser: Browser, page: Page, who: Staff, path: string): Promise<Page> {
  const own = await another(browser, page);
  await signIn(own, who, path);
  return own;
}

/** How many lie in the shop of this till. */
async function here(till: Page): Promise<number> {
  await till.goto(`/till/products/${SHIRT.handle}?sku=${SHIRT.sku}`);
  return Number(await till.locator('#grid [aria-current="true"] .n').textContent());
}

test("bought on the web, collected in Sevilla, returned in Madrid", async ({ page, browser }) => {
  test.setTimeout(120_000);
  const who = newCustomer("Berta");
  const sevilla = await staff(browser, page, STAFF.sevilla, "/till");
  const madrid = await staff(browser, page, STAFF.madrid, "/till");
  const before = { sevilla: await here(sevilla), madrid: await here(madrid) };

  // The web: what is where, then cart, checkout, the gateway.
  await page.goto(`/products/${SHIRT.handle}?sku=${SHIRT.sku}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(SHIRT.name);
  await axe(page);
  await picture(page, "storefront");
  await page.getByRole("radio", { name: /:/ }).check();
  const place = page.getByLabel("Tienda de recogida");
  const shops = await place.locator("option").allTextContents();
  await place.selectOption({ label: shops.find((shop) => shop.includes("Sevilla")) ?? "" });
  await page.getByRole("button", { name: "Añadir a la cesta" }).click();
  await expect(page.locator("#cart-tool")).toContainText("1");
  await page.goto("/cart");
  await expect(page.locator("#cart")).toContainText(SHIRT.name);
  await axe(page);
  await page.getByRole("link", { name: "Tramitar pedido" }).click();
  await page.getByLabel("Nombre y apellidos").fill(who.name);
  await page.getByLabel("Correo electrónico").fill(who.email);
  await axe(page);
  await page.getByRole("button", { name: /^Hacer el pedido y pagar/ }).click();
  await axe(page);
  await page.getByRole("button", { name: "Que el banco la rechace" }).click();
  await expect(page.getByText("El banco ha rechazado el pago")).toBeVisible();
  await page.getByRole("button", { name: `Pagar ${SHIRT.price}` }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Pedido confirmado");
  const code = (await page.locator(".part .big-code").textContent()) ?? "";
  const number = /H-\d+/.exec((await page.locator("#order").textContent()) ?? "")?.[0] ?? "";
  expect(number).not.toBe("");
  await axe(page);
  expect(await here(sevilla)).toBe(before.sevilla - 1);

  // Sevilla: picked, then handed over by her code; her own page follows.
  await sevilla.goto("/till/pickups");
  await axe(sevilla);
  const task = sevilla.locator(".task", { hasText: number });
  await expect(task).toContainText(SHIRT.name);
  await task.getByRole("button", { name: "Está listo" }).click();
  await expect(page.locator("#order")).toContainText("Ya puedes pasar a por él");
  await sevilla.getByLabel("Código de recogida").fill(code);
  await sevilla.getByLabel("Código de recogida").press("Enter");
  await expect(sevilla.getByText(`Entregado a ${who.name}`)).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ya lo tienes");

  // Madrid: found by her address, the money is shown before anything happens.
  await madrid.goto("/till/returns");
  await madrid.getByRole("searchbox", { name: /Nº de pedido/ }).fill(who.email);
  await madrid.keyboard.press("Enter");
  await expect(madrid.getByRole("heading", { level: 1 })).toHaveText(`Devolución de ${number}`);
  await axe(madrid);
  await madrid.getByLabel("Cuántas").fill("1");
  await madrid.getByRole("button", { name: "Ver qué se devuelve" }).click();
  await expect(madrid.locator("main")).toContainText("1 unidad vuelve a la venta en");
  await madrid.getByRole("button", { name: `Recibir y devolver ${SHIRT.price}` }).click();
  await expect(madrid).toHaveURL(/\/till\/returned\//);
  await expect(madrid.locator("main")).toContainText("Pago en línea");
  await expect(madrid.locator("main")).toContainText(SHIRT.price);
  await axe(madrid);
  expect({ sevilla: await here(sevilla), madrid: await here(madrid) }).toEqual({ sevilla: before.sevilla - 1, madrid: before.madrid + 1 });
  await expect(page.locator("#order")).toContainText(`Te hemos devuelto ${SHIRT.price}`);

  // The desk: one timeline, in the order it happened.
  const desk = await staff(browser, page, STAFF.sales, "/desk");
  await desk.goto(`/desk/customers?q=${encodeURIComponent(who.email)}`);
  await desk.locator(".threads a").first().click();
  await expect(desk.getByRole("heading", { level: 1 })).toContainText(isPhone(desk) ? who.name.slice(0, 5) : who.name);
  const told = (await desk.getByRole("log").textContent()) ?? "";
  const places = ["Pedido hecho", "Pago recibido", "Recogido", "Devolución reembolsada"].map((words) => told.indexOf(words));
  expect(places.every((at) => at >= 0), told).toBe(true);
  expect(places, told).toEqual([...places].sort((a, b) => a - b));
  await axe(desk);
});
