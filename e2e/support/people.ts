import type { Page } from "@playwright/test";

/** Everybody's in the demo. */
const password = "hilo-demo-2026";

/** Staff of the demo, by what they do in the stories. */
export const STAFF = {
  administrator: { email: "marta@almadeja.test", password },
  sales: { email: "pablo@almadeja.test", password },
  billing: { email: "aitana@almadeja.test", password },
  madrid: { email: "beatriz@almadeja.test", password },
  sevilla: { email: "rocio@almadeja.test", password },
};

/** A customer whom nobody has met before. */
export interface Customer {
  name: string;
  email: string;
  phone: string;
}

/** Somebody new in each run and on each device. */
export function newCustomer(given: string): Customer {
  const number = String(Date.now() % 1_000_000).padStart(6, "0");
  return { name: `${given} Golden ${number}`, email: `${given.toLowerCase()}.${number}@example.com`, phone: `+34 600 ${number}` };
}

/** True when one pane is shown at a time. */
export const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 720;
