import { expect, test, type Page } from "@playwright/test";
import { axe } from "../support/axe";
import { isPhone, STAFF } from "../support/people";
import { signIn } from "../support/sign-in";
import { another, closeWindows } from "../support/windows";

test.afterEach(closeWindows);

const rows = (page: Page) => page.locator("#rows .threads a");
const name = async (page: Page, row: number) => (await rows(page).nth(row).locator(".who").innerText()).split("\n")[0]!.trim();
const heading = (page: Page) => page.locator("#head h1");
/** A page that was loaded anew has lost its mark. */
const mark = (page: Page) => page.evaluate(() => document.documentElement.setAttribute("data-marked", ""));
const isMarked = (page: Page) => page.evaluate(() => document.documentElement.hasAttribute("data-marked"));

test("from thread to thread the page stays, and its address, title, customer and live line are the new thread's", async ({ page }) => {
  await signIn(page, STAFF.sales, "/desk");
  await page.goto("/desk?view=open");
  const [first, second] = [await name(page, 0), await name(page, 1)];
  await rows(page).nth(0).click();
  await expect(heading(page)).toHaveText(first);
  const before = page.url();
  if (isPhone(page)) return;

  await mark(page);
  await rows(page).nth(1).focus();
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText(second);
  expect(await isMarked(page)).toBe(true);
  expect(new URL(page.url()).pathname).toBe(new URL((await rows(page).nth(1).getAttribute("href"))!, before).pathname);
  await expect(page).toHaveTitle(new RegExp(`^${second} ·`));
  await expect(page.locator("#customer h2").first()).toHaveText(second);
  await expect(page.locator("#turned")).toHaveText(second);
  await expect(page.locator("#rows a[aria-current]")).toHaveCount(1);
  await axe(page);

  // What a colleague writes on the thread comes to the page that went to it, and what is written there stays on it.
  const words = `Nota de al lado ${Date.now()}`;
  const colleague = await another(page.context().browser()!, page);
  await signIn(colleague, STAFF.billing, new URL(page.url()).pathname);
  await colleague.keyboard.press("n");
  await colleague.keyboard.type(words);
  await colleague.keyboard.press("Control+Enter");
  await expect(page.getByRole("log").getByText(words)).toHaveCount(1);
  await page.keyboard.press("n");
  await page.keyboard.type(`${words} bis`);
  await page.keyboard.press("Control+Enter");
  await expect(colleague.getByRole("log").getByText(`${words} bis`)).toHaveCount(1);
  expect(await isMarked(page)).toBe(true);

  await page.goBack();
  await expect(heading(page)).toHaveText(first);
  expect(page.url()).toBe(before);
});

test("resolved, and on with the next, without leaving the page; undone, it is open again", async ({ page }) => {
  test.skip(isPhone(page), "single keys are for a keyboard");
  await signIn(page, STAFF.sales, "/desk");
  await page.goto("/desk?view=open");
  const [first, second] = [await name(page, 0), await name(page, 1)];
  await rows(page).nth(0).click();
  await expect(heading(page)).toHaveText(first);
  await mark(page);
  await page.keyboard.press("Shift+E");
  await expect(heading(page)).toHaveText(second);
  expect(await isMarked(page)).toBe(true);
  await expect(page.locator("#rows .who").getByText(first, { exact: true })).toHaveCount(0);
  await page.locator("#toasts").getByRole("button", { name: "Deshacer" }).click();
  await expect(page.locator("#rows .who").getByText(first, { exact: true })).toHaveCount(1);
});
