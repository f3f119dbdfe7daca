import { chromium, type Browser, type BrowserContext, type Page, type TestInfo } from "@playwright/test";

/** A browser with a camera and a microphone that play by themselves, and need no permission. */
export function browserWithDevices(info: TestInfo): Promise<Browser> {
  const { executablePath, args } = info.project.use.launchOptions ?? {};
  const fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
  return chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: [...(args ?? []), ...fake] });
}

/** Somebody with a camera: their own cookies, the size and the server of `page`. */
export async function somebodyIn(browser: Browser, page: Page): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    baseURL: new URL(page.url()).origin,
    locale: "es-ES",
    viewport: page.viewportSize(),
    permissions: ["camera", "microphone"],
  });
  return context.newPage();
}
