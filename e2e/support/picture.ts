import { resolve } from "node:path";
import { test, type Page } from "@playwright/test";

/**
 * Take the picture `docs/pictures/NAME-PROJECT.png` when pictures are asked for (`cargo xtask e2e --update-pictures`).
 *
 * Pictures are for readers. They are not compared: letters differ from one browser version to the next.
 */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env["HILO_UPDATE_PICTURES"] !== "1") return;
  const file = `../../docs/pictures/${name}-${test.info().project.name}.png`;
  await page.screenshot({ path: resolve(import.meta.dirname, file), animations: "disabled" });
}
