import { expect, type Locator } from "@playwright/test";

/** Turn the rehearsal's phone to one of its tabs; what is typed before it is there would be typed into the other. */
export async function turnTo(phone: Locator, tab: string): Promise<void> {
  const link = phone.getByRole("link", { name: tab, exact: true });
  await link.click();
  await expect(link).toHaveAttribute("aria-current", "true");
}
