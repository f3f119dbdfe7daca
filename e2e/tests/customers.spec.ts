import { expect, test, type Page } from "@playwright/test";
import { join } from "node:path";
import { axe } from "../support/axe";
import { STAFF } from "../support/people";
import { signIn } from "../support/sign-in";

const LISTS = join(import.meta.dirname, "../../demo/customers");

test.beforeEach(async ({ page }) => {
  await signIn(page, STAFF.administrator, "/studio");
});

/** Press the page's main button from the keyboard. */
async function goOn(page: Page): Promise<void> {
  await page.locator("main button.primary").first().focus();
  await page.keyboard.press("Enter");
}

/** Bring a list in by keyboard, each step looked at; answers the page of the import. */
async function bring(page: Page, file: string, name: string): Promise<string> {
  await page.goto("/studio/customers/import");
  await page.getByLabel("Archivo CSV").setInputFiles(join(LISTS, file));
  await page.getByLabel("Nombre de la lista").focus();
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Columnas" })).toBeVisible();
  await axe(page);
  await goOn(page);
  await expect(page.getByRole("heading", { level: 1, name: "Qué va a cambiar" })).toBeVisible();
  await axe(page);
  await goOn(page);
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByText("Hecha", { exact: true })).toBeVisible({ timeout: 30_000 });
  await axe(page);
  return page.url();
}

async function takeBack(page: Page, list: string): Promise<void> {
  await page.goto(list);
  await page.getByRole("button", { name: "Deshacer" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Deshacer" })).toBeHidden();
}

test("two lists become one list of persons by keyboard, a join says why, is taken apart, and both lists go again", async ({ page }) => {
  test.setTimeout(180_000);
  const shop = await bring(page, "fichas-tienda.csv", `Fichas ${Date.now()}`);
  const newsletter = await bring(page, "boletin-web.csv", `Boletín ${Date.now()}`);

  const found = async () => {
    await page.goto("/studio/customers?q=bego%C3%B1a%20garc%C3%ADa%20quintana");
    return page.getByRole("link", { name: "Begoña García Quintana" }).count();
  };
  await expect.poll(found, { timeout: 30_000 }).toBe(1);
  await page.getByRole("link", { name: "Begoña García Quintana" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("2 fichas forman esta persona")).toBeVisible();
  await expect(page.getByText("Apellidos: igual")).toBeVisible();
  await axe(page);

  await page.getByRole("button", { name: "No es la misma persona" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("2 fichas forman esta persona")).toBeHidden();
  await expect.poll(found).toBe(2);

  await takeBack(page, newsletter);
  await expect.poll(found, { timeout: 30_000 }).toBe(1);
  await takeBack(page, shop);
  await expect.poll(found, { timeout: 30_000 }).toBe(0);
});

test("a pair is asked about with its reasons, and a segment is built and counted without a name yet", async ({ page }) => {
  await page.goto("/studio/customers/same");
  const pair = page.locator("main").getByText(/% de seguridad/).first();
  await expect(pair).toBeVisible();
  await expect(page.getByRole("button", { name: "Unir" }).first()).toBeVisible();

  await page.goto("/studio/segments/new");
  await expect(page.locator("#count")).toHaveText(/\d/);
  await page.getByRole("button", { name: "Añadir condición" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("listitem").filter({ has: page.getByRole("button", { name: /^Quitar/ }) })).toHaveCount(2);
  await axe(page);
});
