import { expect, test } from "@playwright/test";
import { axe } from "../support/axe";
import { STAFF } from "../support/people";
import { signIn } from "../support/sign-in";

test("prices of many are changed by keyboard, seen row by row, and taken back", async ({ page }, info) => {
  await signIn(page, STAFF.administrator, "/studio/products");
  // Each project has products of its own.
  await page.goto(`/studio/products?category=${info.project.name === "desk" ? "faldas" : "vestidos"}`);
  const boxes = page.locator("input[name=pick]");
  await boxes.nth(0).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(page.locator("#bulk-count")).toHaveText("2 elegidos");
  await expect(boxes.nth(1)).toBeFocused();
  // Enter makes a form of the row, escape leaves it, and it is chosen as before.
  await page.keyboard.press("Enter");
  await expect(page.locator("#row-title")).toBeFocused();
  await axe(page);
  await page.keyboard.press("Escape");
  await expect(page.locator("#row-title")).toHaveCount(0);
  await expect(boxes.nth(1)).toBeFocused();
  await expect(boxes.nth(1)).toBeChecked();
  await page.getByRole("button", { name: "Cambiar los elegidos…" }).press("Enter");
  await page.getByLabel("Cuánto").fill("-10");
  await page.getByLabel("Terminación").selectOption("95");
  await page.getByRole("button", { name: "Ver qué cambia" }).press("Enter");
  await expect(page.getByText("Cambian 2 productos")).toBeVisible();
  const then = page.locator("#preview ins");
  await expect(then).toHaveCount(2);
  await expect(then.first()).toContainText(",95");
  await axe(page);
  await page.getByRole("button", { name: "Cambiar 2 productos" }).press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("terminado en ,95");
  await axe(page);
  await page.getByRole("button", { name: "Deshacer este cambio" }).press("Enter");
  await expect(page.getByText(/Deshecho por/)).toBeVisible();
  await expect(page.getByText("Como antes").first()).toBeVisible();
});

test("a way of delivery is chosen at the checkout, and the bundle's order says its day and what is in it", async ({ page }, info) => {
  await page.goto("/products/trio-sederia");
  await expect(page.getByText("1 × Pañuelo de seda Sedería · mostaza")).toBeVisible();
  await axe(page);
  await page.getByRole("button", { name: "Añadir a la cesta" }).first().click();
  await expect(page.locator("#cart-tool")).toContainText("1");
  await page.goto("/checkout");
  await page.getByLabel("Nombre y apellidos").fill("Rosa Prisa");
  await page.getByLabel("Correo electrónico").fill(`rosa.${info.project.name}@example.es`);
  await page.getByLabel("Calle, número y piso").fill("Mayor 1");
  await page.getByLabel("Código postal").fill("07001");
  await page.getByLabel("Localidad").fill("Palma");
  await page.getByRole("button", { name: "Actualizar para mi código postal" }).click();
  // Express does not go to the islands.
  await expect(page.getByRole("button", { name: /^Exprés/ })).toHaveCount(0);
  await page.getByLabel("Código postal").fill("28013");
  await page.getByRole("button", { name: "Actualizar para mi código postal" }).click();
  await page.getByRole("button", { name: /^Exprés/ }).click();
  await expect(page.getByRole("button", { name: /^Exprés/ })).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByLabel("Calle, número y piso")).toHaveValue("Mayor 1");
  await expect(page.getByRole("button", { name: /96,85/ })).toBeVisible();
  await axe(page);
  await page.getByRole("button", { name: /^Hacer el pedido/ }).click();
  await page.getByRole("button", { name: /Pagar/ }).first().click();
  await expect(page.getByText("Para recibir en casa · Exprés")).toBeVisible();
  await expect(page.getByText(/^Llega el/)).toBeVisible();
  await expect(page.getByText("1 × Pañuelo de seda Sedería · teja")).toBeVisible();
});

test("how the brand sends, and what a bundle is made of, stand in the studio without barriers", async ({ page }) => {
  await signIn(page, STAFF.administrator, "/studio/delivery");
  await expect(page.getByRole("link", { name: "Exprés" })).toBeVisible();
  await axe(page);
  await page.getByLabel("Código postal del cliente").fill("08001");
  await page.getByLabel(/^SKU/).first().fill("ACC-083-TEJ");
  await page.getByRole("button", { name: "Probar" }).press("Enter");
  await expect(page.getByText(/^Sale de /)).toBeVisible();
  await axe(page);
  await page.goto("/studio/delivery/methods/express");
  await axe(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await page.goto("/studio/products?q=tr%C3%ADo");
  await page.getByRole("link", { name: "Trío de pañuelos Sedería" }).first().click();
  await page.getByRole("link", { name: /^Partes/ }).first().click();
  await expect(page.getByText(/Ahora se pueden vender \d+/)).toBeVisible();
  await axe(page);
});
