import type { Browser, BrowserContext, Page } from "@playwright/test";

const opened: BrowserContext[] = [];

/** A window of somebody else: their own cookies, the same size. `closeWindows` closes it. */
export async function another(browser: Browser, page: Page): Promise<Page> {
  const context = await browser.newContext({ locale: "es-ES", viewport: page.viewportSize() });
  opened.push(context);
  return context.newPage();
}

/** After each test: what is left open goes on listening, and slows those that come after. */
export async function closeWindows(): Promise<void> {
  await Promise.all(opened.splice(0).map((context) => context.close()));
}
