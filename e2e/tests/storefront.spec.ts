import { expect, test, type Page } from "@playwright/test";
import { axe } from "../support/axe";
import { picture } from "../support/picture";

/** Choose the first size that is left and put it into the cart. */
async function putIn(page: Page, handle: string): Promise<void> {
  await page.goto(`/products/${handle}`);
  await page.locator(".product-page .sizes .size:not(.none)").first().click();
  await page.getByRole("button", { name: "Añadir a la cesta" }).click();
  await expect(page.getByRole("status").filter({ hasText: "En la cesta" })).toBeVisible();
}

async function fits(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${page.url()} fits its width`).toBe(true);
}

test("each page of the shop is readable by everyone and fits its screen", async ({ page }) => {
  for (const path of ["/", "/products", "/products/camiseta-faena", "/shops?postcode=28004", "/cart", "/help", "/help/returns", "/orders/find", "/account/sign-in", "/chat"]) {
    await page.goto(path);
    await expect(page.locator("h1").first()).toBeVisible();
    await fits(page);
    await axe(page);
  }
  await page.goto("/");
  await picture(page, "storefront");
});

test("search forgives typing errors and filters narrow the list without losing the page", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("searchbox").fill("camiza");
  await expect(page.getByRole("list", { name: "Sugerencias" }).getByRole("link").first()).toContainText("Camisa");
  await page.getByRole("searchbox").press("Enter");
  await expect(page).toHaveURL(/q=camiza/);
  const filters = page.locator("details.filters");
  if (!(await filters.evaluate((details) => (details as HTMLDetailsElement).open))) await filters.locator("> summary").click();
  await page.getByRole("checkbox", { name: /^Blanco/ }).check();
  await expect(page).toHaveURL(/colour=blanco/);
  await expect(page.getByRole("list", { name: "Filtros elegidos" })).toContainText("Blanco");
});

test("buy for home: a wrong postcode, a declined card, then a paid order with its stages", async ({ page }) => {
  await putIn(page, "camiseta-faena");
  await page.goto("/cart");
  await page.getByRole("button", { name: /^Uno más/ }).click();
  await expect(page.getByLabel("Cantidad")).toHaveText("2");
  await axe(page);
  await page.getByRole("link", { name: "Tramitar pedido" }).click();
  await page.getByLabel("Nombre y apellidos").fill("Elena Prueba");
  await page.getByLabel("Correo electrónico").fill("elena.prueba@example.es");
  await page.getByLabel("Calle, número y piso").fill("Calle Mayor 1");
  await page.getByLabel("Código postal").fill("2800");
  await page.getByLabel("Localidad").fill("Madrid");
  await axe(page);
  await page.getByRole("button", { name: /Hacer el pedido/ }).click();
  await expect(page.getByText("Un código postal tiene cinco cifras")).toBeVisible();
  await page.getByLabel("Código postal").fill("28004");
  await page.getByRole("button", { name: /Hacer el pedido/ }).click();
  await expect(page).toHaveURL(/\/pay\//);
  await axe(page);
  await page.getByRole("button", { name: "Que el banco la rechace" }).click();
  await expect(page.getByRole("alert")).toContainText("rechazado");
  await page.getByRole("button", { name: /^Pagar/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Pedido confirmado");
  await expect(page.getByRole("list", { name: "Etapas" })).toContainText("Confirmado");
  await axe(page);
});

test("the chat opens over the page, keeps its place on the next one, and says each thing once", async ({ page }) => {
  await page.goto("/products/camiseta-faena");
  await expect(page.getByRole("button", { name: "Abrir el chat" })).toBeVisible();
  await page.getByRole("link", { name: "Pregunta a quien sabe" }).click();
  const chat = page.frameLocator("iframe");
  await expect(chat.getByText("Preguntas por")).toBeVisible();
  await chat.getByLabel("Escribe tu mensaje").fill("¿La talla M es amplia?");
  await chat.getByRole("button", { name: "Enviar" }).click();
  await expect(chat.getByText("¿La talla M es amplia?")).toHaveCount(1);
  await page.goto("/help");
  await expect(page.frameLocator("iframe").getByText("¿La talla M es amplia?")).toHaveCount(1);
  await page.getByRole("button", { name: "Cerrar el chat" }).click();
  await expect(page.locator("iframe")).toBeHidden();
});

test("what goes with a product is one press away, with scripts and without", async ({ page, browser }) => {
  await page.goto("/products/pantalon-despacho");
  const offer = page.getByRole("region", { name: "Con este producto" });
  await expect(offer.getByRole("listitem")).toHaveCount(3);
  await fits(page);
  await axe(page);
  await offer.getByRole("button", { name: /^Añadir.*Arreglo en tienda/ }).click();
  await expect(page.getByRole("status").filter({ hasText: "En la cesta: Arreglo en tienda" })).toBeVisible();
  await page.goto("/products/servicio-arreglo");
  await page.getByRole("link", { name: "Bajo" }).click();
  await expect(page.getByText("Se hace en la tienda que elijas")).toBeVisible();
  await axe(page);

  const context = await browser.newContext({ javaScriptEnabled: false, locale: "es-ES" });
  const plain = await context.newPage();
  await plain.goto("/products/bolso-alforja");
  await plain.getByRole("button", { name: /^Añadir.*Grabado en piel/ }).click();
  await expect(plain).toHaveURL(/\/cart$/);
  await expect(plain.getByRole("list", { name: "Cesta" })).toContainText("Grabado en piel");
  await context.close();
});

test("everything needed to buy works without scripts", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "es-ES" });
  const page = await context.newPage();
  await page.goto("/products/camiseta-faena");
  await page.locator(".product-page .sizes .size:not(.none)").first().click();
  await page.getByRole("button", { name: "Añadir a la cesta" }).click();
  await expect(page).toHaveURL(/\/cart$/);
  await page.getByRole("link", { name: "Tramitar pedido" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tu pedido");
  await context.close();
});
