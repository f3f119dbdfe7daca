import { expect, test } from "@playwright/test";
import { axe } from "../support/axe";
import { STAFF } from "../support/people";
import { signIn } from "../support/sign-in";

test("a promise is made by keyboard while the thread goes on, is queued, and kept by a press", async ({ page, context }) => {
  await signIn(page, STAFF.sales, "/desk");
  await page.goto("/desk?view=open");
  await page.locator(".threads a").first().click();
  await expect(page.getByRole("log")).toBeVisible();
  const matter = new URL(page.url()).pathname;

  await page.keyboard.press("m");
  const what = page.getByLabel("¿Qué le prometes?");
  await expect(what).toBeFocused();
  await axe(page);
  // Without words nothing is promised, and the panel says why.
  await page.getByRole("button", { name: "Prometer", exact: true }).press("Enter");
  await expect(page.getByText("Escribe qué le prometes.")).toBeVisible();
  const words = `Te llamo con la respuesta ${Date.now()}`;
  await what.fill(words);
  // What comes in meanwhile, here on another page of the same matter, leaves the panel as it is.
  const other = await context.newPage();
  await other.goto(matter);
  await other.keyboard.press("n");
  const note = `Mientras tanto ${Date.now()}`;
  await other.getByRole("textbox", { name: "Mensaje" }).fill(note);
  await other.keyboard.press("Control+Enter");
  await expect(page.getByRole("log").getByText(note)).toHaveCount(1);
  await expect(what).toHaveValue(words);
  await other.close();
  await page.getByRole("button", { name: "Prometer", exact: true }).press("Enter");
  const promise = page.getByRole("region", { name: "Promesa" });
  await expect(promise).toContainText(words);
  await expect(page.getByRole("log").getByText(`Prometido: «${words}»`)).toHaveCount(1);
  await axe(page);

  await page.goto("/desk?view=promised");
  await expect(page.locator(`.threads a[href^="${matter}"]`)).toHaveCount(1);
  await page.goto(matter);
  await page.getByRole("button", { name: "Cumplida", exact: true }).press("Enter");
  await expect(promise).toHaveCount(0);
  await expect(page.getByRole("log").getByText(`Promesa cumplida: «${words}»`)).toHaveCount(1);
  await page.goto("/desk?view=promised");
  await expect(page.locator(`.threads a[href^="${matter}"]`)).toHaveCount(0);
});
