import { expect, type Page } from "@playwright/test";

/** Somebody who works here, with the address and password that the demo prints. */
export interface Staff {
  email: string;
  password: string;
}

/** Sign in on the way to a page of the desk, the till or the studio, and end on that page. */
export async function signIn(page: Page, staff: Staff, path: string): Promise<void> {
  await page.goto(path);
  await page.getByLabel(/correo|e-?mail/i).fill(staff.email);
  await page.getByLabel(/contraseña|password/i).fill(staff.password);
  await page.getByRole("button", { name: /^(entrar|iniciar sesión|sign in)$/i }).click();
  await expect(page).toHaveURL((url) => url.pathname.startsWith(new URL(path, url).pathname));
}
