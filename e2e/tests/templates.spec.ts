import { expect, test } from "@playwright/test";
import { axe } from "../support/axe";
import { STAFF } from "../support/people";
import { signIn } from "../support/sign-in";

test("a template is written, handed in and approved, and leaves from the desk where the day's window has closed", async ({ page }) => {
  const name = `te_espera_${Date.now()}`;
  await signIn(page, STAFF.administrator, "/studio/templates");
  await page.getByRole("link", { name: "Plantilla nueva" }).first().click();
  await page.getByLabel("Nombre", { exact: true }).fill(name);
  const body = page.getByLabel("Texto", { exact: true });
  await body.fill("{{1}}, tu pedido te espera.");
  await page.getByRole("button", { name: "Guardar" }).click();
  // WhatsApp takes no text that begins with a gap; nothing is lost.
  await expect(page.locator("#body-says .error")).toBeVisible();
  await expect(page.getByLabel("Nombre", { exact: true })).toHaveValue(name);
  await body.fill("Hola, {{1}}: {{2}} te espera en la tienda.");
  await page.locator("#example1").fill("Ana");
  await page.locator("#fills1").selectOption("first_name");
  await page.locator("#example2").fill("tu camisa");
  await axe(page);
  await page.getByRole("button", { name: "Guardar" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Borrador");
  await page.getByRole("button", { name: "Enviar a WhatsApp" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("En revisión");
  await page.getByRole("button", { name: "Aprobar" }).click();
  // Its notice comes as any other of WhatsApp's does.
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Aprobada", { timeout: 500 });
  }).toPass();
  await axe(page);

  // Somebody who wrote by WhatsApp weeks ago.
  await page.goto("/desk?view=resolved");
  // The first pages hold who wrote since yesterday, whose window may be open.
  for (let pages = 0; pages < 3; pages++) await page.goto((await page.locator('.more a[rel="next"]').last().getAttribute("href")) ?? "");
  await page.locator(".threads a", { hasText: "WhatsApp" }).last().click();
  await expect(page.getByRole("log")).toBeVisible();
  await page.locator("#templates summary").press("Enter");
  const offer = page.locator("#templates li", { hasText: name });
  await expect(offer.getByRole("textbox").first()).not.toHaveValue("");
  await offer.getByRole("textbox").nth(1).fill("tu pantalón");
  // On a phone, where it takes the place of the composer; at the desk the list beside it may be cut in the middle of a row.
  if ((page.viewportSize()?.width ?? 0) < 720) await axe(page);
  await offer.getByRole("button", { name: "Enviar plantilla" }).press("Enter");
  await expect(page.getByRole("log").getByText("tu pantalón te espera en la tienda.")).toHaveCount(1);
});
