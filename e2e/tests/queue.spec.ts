import { expect, test, type Page } from "@playwright/test";
import { axe } from "../support/axe";
import { crowded, type Crowded } from "../support/crowd";
import { STAFF, isPhone } from "../support/people";
import { signIn } from "../support/sign-in";

/** So many wait that no list may hold them all; on a phone, where the same list is one pane, fewer will do. */
const CROWD = { desk: 10_000, phone: 1_000 };
/** One page of rows, and how many pages a browser keeps: the live one, four beside it, one that is just coming. */
const PAGE = 50;
const MOST = 6 * PAGE;

let site: Crowded;
test.beforeAll(async ({}, info) => {
  test.setTimeout(300_000);
  site = await crowded(info.project.name === "phone" ? CROWD.phone : CROWD.desk);
});
test.afterAll(() => site.stop());

const rows = (page: Page) => page.locator(".threads > li");
const focused = (page: Page) => page.evaluate(() => document.activeElement?.closest(".threads > li")?.id ?? "");

async function openQueue(page: Page): Promise<void> {
  await signIn(page, STAFF.sales, `${site.url}/desk`);
  await page.goto(`${site.url}/desk?view=open`);
  await expect(rows(page).first()).toBeVisible();
}

/** Scroll the list by screens until `enough`. */
async function scroll(page: Page, by: number, enough: () => Promise<boolean>): Promise<void> {
  for (let screens = 0; screens < 200 && !(await enough()); screens++) {
    await page.locator(".list-pane").evaluate((pane, by) => pane.scrollBy(0, by * pane.clientHeight), by);
    await page.waitForTimeout(30);
    expect(await rows(page).count()).toBeLessThanOrEqual(MOST);
  }
}

test("a queue of ten thousand comes page by page, keeps few rows, and goes back to where it began", async ({ page }) => {
  await openQueue(page);
  await expect(page.locator("#queue-head .count").filter({ hasText: isPhone(page) ? /^1\d{3}$/ : "10.000+" }).first()).toBeVisible();
  const first = await rows(page).first().getAttribute("id");
  const gaps = () => page.locator(".rows-gap").count();
  await scroll(page, 1, async () => (await gaps()) > 4);
  await scroll(page, -1, async () => page.locator(".list-pane").evaluate((pane) => pane.scrollTop === 0));
  expect(await rows(page).first().getAttribute("id")).toBe(first);
  await axe(page);
});

test("the next row by keyboard is the next row, past the end of a page and back", async ({ page }) => {
  await openQueue(page);
  const last = rows(page).nth(PAGE - 1).getByRole("link");
  const id = await rows(page).nth(PAGE - 1).getAttribute("id");
  await last.focus();
  await page.keyboard.press("j");
  await expect.poll(() => focused(page)).not.toBe(id);
  const beyond = await focused(page);
  expect(await page.locator(`#${id}`).evaluate((row) => row.closest(".rows-page")?.id)).toBe("rows");
  expect(await page.locator(`#${beyond}`).evaluate((row) => row.closest(".rows-page")?.id)).toBe("");
  await page.keyboard.press("ArrowUp");
  expect(await focused(page)).toBe(id);
  await page.keyboard.press("ArrowDown");
  expect(await focused(page)).toBe(beyond);
});

test("a matter far down opens beside its own page, and a change of the queue leaves place and choice alone", async ({ page }) => {
  await openQueue(page);
  await scroll(page, 1, async () => (await page.locator(".rows-gap").count()) > 0);
  const pane = page.locator(".list-pane");
  const id = await pane.evaluate((pane) => {
    const { left, top, width, height } = pane.getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, top + height / 2)?.closest("li")?.id ?? "";
  });
  const chosen = page.locator(`#${id}`);
  await chosen.getByRole("link").focus();
  const below = () => chosen.evaluate((row) => row.getBoundingClientRect().top - row.closest(".list-pane")!.getBoundingClientRect().top);
  const height = await below();

  // Somebody new writes: the live page changes, the rest of the list does not move.
  const { words, asked } = await newQuestion(page);
  await expect(page.locator("#rows .threads").getByText(words)).toHaveCount(1);
  console.log(`a new message was in the list ${Date.now() - asked} ms after it was sent`);
  expect(await focused(page)).toBe(id);
  expect(Math.abs((await below()) - height)).toBeLessThan(2);

  const began = Date.now();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("log")).toBeVisible();
  console.log(`a thread was open after ${Date.now() - began} ms`);
  if (isPhone(page)) return;
  await expect(chosen.getByRole("link")).toHaveAttribute("aria-current", "true");
  await expect.poll(below).toBeCloseTo(height, -1);
  expect(await pane.evaluate((pane) => pane.scrollTop)).toBeGreaterThan(0);
});

test("without scripts, links lead from page to page and back", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "es-ES" });
  const page = await context.newPage();
  await openQueue(page);
  const first = await rows(page).first().getAttribute("id");
  await page.locator('.more a[rel="next"]').click();
  expect(await rows(page).count()).toBe(PAGE);
  expect(await rows(page).first().getAttribute("id")).not.toBe(first);
  await page.locator('.more a[rel="prev"]').click();
  expect(await rows(page).first().getAttribute("id")).toBe(first);
  await expect(page.locator('.more a[rel="prev"]')).toHaveCount(0);
  await context.close();
});

/** A visitor asks in the chat; answers the words, and when they were sent. */
async function newQuestion(page: Page): Promise<{ words: string; asked: number }> {
  const words = `¿Sigue abierta la tienda? ${Date.now()}`;
  const context = await page.context().browser()!.newContext({ locale: "es-ES" });
  const visitor = await context.newPage();
  await visitor.goto(`${site.url}/chat`);
  await visitor.getByLabel("Escribe tu mensaje").fill(words);
  const asked = Date.now();
  await visitor.getByRole("button", { name: "Enviar" }).click();
  return { words, asked };
}
