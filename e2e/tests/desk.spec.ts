import { expect, test, type Page } from "@playwright/test";
import { axe } from "../support/axe";
import { picture } from "../support/picture";
import { signIn } from "../support/sign-in";

const AGENT = { email: "pablo@almadeja.test", password: "hilo-demo-2026" };

const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 720;

/** The first open matter, as an agent finds it. */
async function openFirst(page: Page): Promise<void> {
  await signIn(page, AGENT, "/desk");
  await page.goto("/desk?view=open");
  await page.locator(".threads a").first().click();
  await expect(page.getByRole("log")).toBeVisible();
}

test("the queue leads to the whole thread, with nothing in the way", async ({ page }) => {
  await signIn(page, AGENT, "/desk");
  await page.goto("/desk?view=open");
  await expect(page.locator(".threads > li").first()).toBeVisible();
  await axe(page);
  await picture(page, "desk-queue");
  await page.locator(".threads a").first().click();
  await expect(page.getByRole("log")).toBeVisible();
  // The newest entry is in sight without scrolling, and a phone shows one pane at a time.
  await expect(page.getByRole("log").getByRole("listitem").last()).toBeInViewport();
  await expect(page.locator(".list-pane")).toBeVisible({ visible: !isPhone(page) });
  await axe(page);
  await picture(page, "desk");
});

test("a note is written by keyboard alone and stands on the thread", async ({ page }) => {
  await openFirst(page);
  const words = `Nota de prueba ${Date.now()}`;
  await page.keyboard.press("n");
  await expect(page.getByLabel(/^(mensaje|message)$/i)).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("log").getByText(words)).toHaveCount(1);
  await expect(page.getByLabel(/^(mensaje|message)$/i)).toHaveValue("");
});

test("a draft outlives leaving the page", async ({ page }) => {
  await openFirst(page);
  const field = page.getByLabel(/^(mensaje|message)$/i);
  await field.fill("A medias");
  await page.reload();
  await expect(field).toHaveValue("A medias");
  await field.fill("");
});

test("single keys can be switched off", async ({ page }) => {
  await openFirst(page);
  await page.keyboard.press("?");
  const keys = page.locator("#keys");
  await expect(keys).toBeVisible();
  await axe(page);
  await keys.getByRole("checkbox").uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("n");
  await expect(page.getByLabel(/^(mensaje|message)$/i)).not.toBeFocused();
  await page.keyboard.press("Control+k");
  await expect(page.locator("#palette")).toBeVisible();
});

test("what a customer's page and orders show passes the accessibility check", async ({ page }) => {
  await signIn(page, AGENT, "/desk");
  for (const path of ["/desk/customers", "/desk/customers?q=ana", "/desk/orders"]) {
    await page.goto(path);
    await axe(page);
  }
  await page.locator('[data-keys="rows"] a').first().click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await axe(page);
});
