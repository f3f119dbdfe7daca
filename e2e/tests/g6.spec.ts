import { expect, test, type Locator, type Page } from "@playwright/test";
import { axe } from "../support/axe";
import { STAFF, newCustomer, type Customer } from "../support/people";
import { turnTo } from "../support/rehearsal";
import { signIn } from "../support/sign-in";
import { another, closeWindows } from "../support/windows";

/** G6: e-mail, then other channels; one agent, one thread; another team goes on. */
test.describe.configure({ mode: "serial" });
test.afterEach(closeWindows);

const BY_MAIL = "¿Me podéis cambiar el recibo a mi empresa?";
const BY_WHATSAPP = "Soy yo otra vez: es por el recibo del que os escribí";

/** Play a customer on the phone of the rehearsal. */
async function play(page: Page, who: Customer): Promise<void> {
  await signIn(page, STAFF.administrator, "/studio/rehearsal");
  await page.getByLabel("Nombre").fill(who.name);
  await page.getByLabel("Correo").fill(who.email);
  await page.getByLabel("Teléfono").fill(who.phone);
  await page.getByRole("button", { name: "Empezar" }).first().click();
}

/** She orders something to collect, and gives both her address and her number. */
async function orderWithBoth(page: Page, who: Customer): Promise<void> {
  await page.goto("/products/camiseta-faena?sku=CTA-001-NEG-M");
  await page.getByRole("radio", { name: /:/ }).check();
  await page.getByRole("button", { name: "Añadir a la cesta" }).click();
  await expect(page.locator("#cart-tool")).toContainText("1");
  await page.goto("/checkout");
  await page.getByLabel("Nombre y apellidos").fill(who.name);
  await page.getByLabel("Correo electrónico").fill(who.email);
  await page.getByLabel("Teléfono", { exact: true }).fill(who.phone);
  await page.getByRole("radio", { name: /En la tienda, al recoger/ }).check();
  await page.getByRole("button", { name: /^Hacer el pedido/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Solo falta el pago");
}

test("an e-mail and a WhatsApp become one thread, undone and done again, and another team goes on with a note", async ({ page, browser }) => {
  test.setTimeout(120_000);
  const who = newCustomer("Carla");
  const phone = page.locator("#phone");
  await play(page, who);
  await phone.getByLabel("Asunto").fill("Recibo");
  await phone.getByLabel("Escribe aquí").fill(BY_MAIL);
  await phone.getByRole("button", { name: "Enviar" }).click();
  await expect(phone.locator(".line.mine")).toHaveCount(1);
  await turnTo(phone, "WhatsApp");
  await phone.getByLabel("Escribe aquí").fill(BY_WHATSAPP);
  await phone.getByLabel("Escribe aquí").press("Enter");
  await expect(phone.locator(".line.mine")).toHaveCount(1);

  // Two sources, two records so far: nobody guesses.
  const desk = await another(browser, page);
  await signIn(desk, STAFF.sales, "/desk");
  await desk.goto("/desk?view=unassigned");
  const rows = desk.locator(".threads > li", { hasText: who.name });
  await expect(rows).toHaveCount(2);
  await rows.filter({ hasText: "recibo a mi empresa" }).getByRole("link").click();
  const thread = desk.getByRole("log");
  await expect(thread).toContainText(BY_MAIL);
  await expect(thread).not.toContainText(BY_WHATSAPP);
  const matter = new URL(desk.url()).pathname;

  // Her order names both: now there is a reason, and a person decides.
  const shop = await another(browser, page);
  await orderWithBoth(shop, who);
  await desk.goto(`${matter}?show=side`);
  const same = desk.getByRole("region", { name: "¿La misma persona?" }).filter({ hasText: "que es de la otra" });
  await expect(same).toContainText("que es de la otra");
  await axe(desk);
  await same.getByRole("button", { name: "Unir" }).click();
  await expect(desk.getByText("Ya son una sola persona, con un solo hilo.")).toBeVisible();
  await expect(thread).toContainText(BY_MAIL);
  await expect(thread).toContainText(BY_WHATSAPP);
  await expect(thread).toContainText("Pedido hecho");

  // Undone, everything is as before; and done again.
  await desk.goto(`${matter}?show=side`);
  await desk.locator(".claims").getByRole("button", { name: "Deshacer" }).first().click();
  await expect(desk.getByText("Deshecho: está como antes.")).toBeVisible();
  await expect(thread).not.toContainText(BY_WHATSAPP);
  await desk.goto(`${matter}?show=side`);
  await same.getByRole("button", { name: "Unir" }).click();
  await expect(thread).toContainText(BY_WHATSAPP);
  await axe(desk);

  // One agent answers the e-mail's question where she is now.
  await desk.goto(matter);
  await desk.locator("#by").selectOption({ label: await label(desk, /^WhatsApp/) });
  await desk.getByLabel("Mensaje", { exact: true }).fill("Te lo pasamos a facturación y sigue aquí mismo.");
  await desk.getByRole("button", { name: "Enviar" }).click();
  await expect(phone.locator(".line.theirs")).toContainText("sigue aquí mismo", { timeout: 20_000 });

  // Another team goes on: a note for them, nothing copied, one conversation for her.
  await desk.locator("#composer label", { hasText: "Nota" }).click();
  await desk.getByLabel("Mensaje", { exact: true }).fill("Cambiad el titular del recibo, ya ha dado los datos");
  await desk.getByRole("button", { name: "Guardar nota" }).click();
  await expect(thread).toContainText("Cambiad el titular");
  await desk.locator("#assign summary").click();
  await desk.locator("#assign").getByRole("button", { name: "Facturación" }).click();
  await expect(desk.getByText("El asunto ha cambiado de manos.")).toBeVisible();

  const billing = await another(browser, page);
  await signIn(billing, STAFF.billing, "/desk");
  await billing.goto(matter);
  await expect(billing.locator("#assign summary")).toContainText("Facturación");
  for (const words of [BY_MAIL, BY_WHATSAPP, "sigue aquí mismo", "Cambiad el titular"]) {
    await expect(billing.getByRole("log")).toContainText(words);
  }
  await billing.locator("#assign summary").click();
  await billing.locator("#assign").getByRole("button", { name: "Asignarme" }).click();
  await expect(billing.locator("#assign summary")).toContainText("Tuyo");
  await billing.locator("#by").selectOption({ label: await label(billing, /^WhatsApp/) });
  await billing.getByLabel("Mensaje", { exact: true }).fill("Hecho: el recibo va a nombre de tu empresa.");
  await billing.getByRole("button", { name: "Enviar" }).click();
  await expect(phone.locator(".line.theirs")).toHaveCount(2, { timeout: 20_000 });
  await expect(phone.locator(".line.theirs").last()).toContainText("a nombre de tu empresa");
  await expect(phone).not.toContainText("Cambiad el titular");
  await axe(billing);
});

/** She writes on one of the phone's tabs. */
async function writes(phone: Locator, tab: string, words: string): Promise<void> {
  await turnTo(phone, tab);
  await phone.getByLabel("Escribe aquí").fill(words);
  await phone.getByLabel("Escribe aquí").press("Enter");
  await expect(phone.locator(".line.mine").last()).toContainText(words);
}

/** The agent answers by the way that begins like this. */
async function answers(desk: Page, way: RegExp, words: string): Promise<void> {
  await desk.locator("#by").selectOption({ label: await label(desk, way) });
  await desk.getByLabel("Mensaje", { exact: true }).fill(words);
  await desk.getByRole("button", { name: "Enviar" }).click();
  await expect(desk.getByRole("log")).toContainText(words);
}

test("web, e-mail, WhatsApp, text message, telephone and chat are one thread, and each answer goes where she is", async ({ page, browser }) => {
  test.setTimeout(150_000);
  const who = newCustomer("Elvira");
  const shop = await another(browser, page);
  await orderWithBoth(shop, who);
  await play(page, who);
  const phone = page.locator("#phone");
  await phone.getByLabel("Asunto").fill("Mi camiseta");
  await phone.getByLabel("Escribe aquí").fill("¿Puedo recogerla el viernes?");
  await phone.getByRole("button", { name: "Enviar" }).click();
  await expect(phone.locator(".line.mine")).toHaveCount(1);
  const desk = await another(browser, page);
  await signIn(desk, STAFF.sales, "/desk");
  await desk.goto("/desk?view=unassigned");
  await desk.locator(".threads > li", { hasText: who.name }).getByRole("link").click();
  const thread = desk.getByRole("log");
  await expect(thread).toContainText("Pedido hecho");
  await expect(thread).toContainText("¿Puedo recogerla el viernes?");
  const matter = new URL(desk.url()).pathname;
  await desk.locator("#assign summary").click();
  await desk.locator("#assign").getByRole("button", { name: "Asignarme" }).click();
  await expect(desk.locator("#assign summary")).toContainText("Tuyo");

  // Wherever she goes on, it is the same thread, and a person has it: no machine answers.
  await writes(phone, "WhatsApp", "Te lo digo mejor por aquí");
  await expect(thread).toContainText("Te lo digo mejor por aquí");
  await answers(desk, /^WhatsApp/, "El viernes desde las diez");
  await expect(phone.locator(".line.theirs").last()).toContainText("El viernes desde las diez", { timeout: 20_000 });
  await writes(phone, "SMS", "Sin datos: ¿y el sábado?");
  await expect(thread).toContainText("¿y el sábado?");
  await answers(desk, /^SMS/, "El sábado también");
  await expect(phone.locator(".line.theirs").last()).toContainText("El sábado también", { timeout: 20_000 });
  await turnTo(phone, "Llamada");
  await phone.getByRole("button", { name: /^Llamar a/ }).click();
  await phone.getByRole("button", { name: "Colgar" }).click();
  await expect(thread).toContainText("Llamada");

  // In the shop she proves her number, and the chat goes on with what was said before.
  await shop.goto("/account/sign-in");
  await shop.getByLabel("Correo o teléfono").fill(who.phone);
  await shop.getByRole("button", { name: "Enviarme el código" }).click();
  await turnTo(phone, "SMS");
  const code = phone.locator(".line.theirs", { hasText: /\b\d{6}\b/ }).last();
  await expect(code).toBeVisible({ timeout: 20_000 });
  await shop.getByLabel("Código de seis cifras").fill(/\b\d{6}\b/.exec(await code.innerText())?.[0] ?? "");
  await shop.getByRole("button", { name: "Entrar" }).click();
  await shop.goto("/chat");
  await shop.getByLabel("Escribe tu mensaje").fill("Ya estoy en el ordenador");
  await shop.getByRole("button", { name: "Enviar" }).click();
  await expect(thread).toContainText("Ya estoy en el ordenador");
  await answers(desk, /^Chat/, "Perfecto, te la dejamos apartada");
  await expect(shop.getByRole("log")).toContainText("Perfecto, te la dejamos apartada", { timeout: 20_000 });
  expect(new URL(desk.url()).pathname).toBe(matter);
  await axe(desk);
});

/** The words of the open way to answer that begin like this. */
async function label(page: Page, start: RegExp): Promise<string> {
  const ways = await page.locator("#by option:not([disabled])").allTextContents();
  const found = ways.map((way) => way.trim()).find((way) => start.test(way));
  expect(found, ways.join(" | ")).toBeDefined();
  return found ?? "";
}
