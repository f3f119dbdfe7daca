import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { networkInterfaces } from "node:os";
import { expect, test, type Browser, type Page } from "@playwright/test";
import { axe } from "../support/axe";
import { browserWithDevices, somebodyIn } from "../support/devices";
import { STAFF, isPhone } from "../support/people";
import { signIn } from "../support/sign-in";

/** A video room with cameras that play by themselves: two browsers see each other's picture move, directly and through a relay. */
test.describe.configure({ mode: "serial" });

const SECRET = "north and south";
const RELAY_PORT = 34_780;

let cameras: Browser;
let relay: ChildProcess | undefined;

test.beforeAll(async ({}, info) => {
  cameras = await browserWithDevices(info);
});
test.afterAll(async () => {
  relay?.kill();
  await cameras.close();
});

/** Somebody with a camera: their own cookies, the size of this run. */
const somebody = (page: Page) => somebodyIn(cameras, page);

/** A customer asks in the chat; the agent opens a room from the matter, and the link comes back into the chat. */
async function invite(page: Page): Promise<{ agent: Page; customer: Page; link: string }> {
  await page.goto("/chat");
  const customer = await somebody(page);
  const words = `¿Me la enseñáis por vídeo? ${Date.now()}`;
  await customer.goto("/chat");
  await customer.getByLabel("Escribe tu mensaje").fill(words);
  await customer.getByRole("button", { name: "Enviar" }).click();
  await expect(customer.getByRole("log")).toContainText(words);
  const agent = await somebody(page);
  await signIn(agent, STAFF.administrator, "/desk");
  await agent.goto("/desk?view=unassigned");
  const row = agent.locator(".threads > li", { hasText: words }).getByRole("link");
  if (await row.count()) await row.click();
  else {
    await agent.goto("/desk?view=mine");
    await row.click();
  }
  await agent.getByRole("button", { name: "Sala de vídeo" }).click();
  await expect(agent.getByRole("heading", { level: 1 })).toHaveText("Prueba la cámara y el micrófono");
  const said = customer.getByRole("log").getByText(/\/rooms\//);
  await expect(said).toBeVisible({ timeout: 20_000 });
  const link = /\/rooms\/\S+/.exec((await said.textContent()) ?? "")?.[0] ?? "";
  return { agent, customer, link };
}

/** The level moves: a made-up microphone beeps now and then, so every frame is looked at. */
async function hears(page: Page): Promise<void> {
  const level = page.locator("#level").evaluate(
    (meter: HTMLMeterElement) =>
      new Promise<number>((done) => {
        const look = () => (meter.value > 0.02 ? done(meter.value) : requestAnimationFrame(look));
        look();
      }),
  );
  expect(await level).toBeGreaterThan(0.02);
}

/** True when the other's picture moves: frames are decoded, and more of them later. */
async function sees(page: Page): Promise<void> {
  await expect(page.locator("[data-room=talk]")).toHaveAttribute("data-state", "talking", { timeout: 20_000 });
  const frames = () => page.locator("#theirs").evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames);
  await expect.poll(frames, { timeout: 20_000 }).toBeGreaterThan(5);
  const before = await frames();
  await expect.poll(frames).toBeGreaterThan(before + 5);
}

test("two see each other, a third is refused, a reload rejoins, and hanging up is for both", async ({ page }) => {
  test.setTimeout(150_000);
  const { agent, customer, link } = await invite(page);

  // The test before the room: picture, level, which devices.
  await customer.goto(link);
  await expect(customer.locator("#mine")).toBeVisible();
  await hears(customer);
  await expect(customer.locator("#camera option")).not.toHaveCount(0);
  await axe(customer);
  await axe(agent);
  await agent.getByRole("link", { name: "Entrar en la sala" }).click();
  await expect(agent.locator("#room-says")).toHaveText(/Esperando/);
  await customer.getByRole("button", { name: "Entrar en la sala" }).press("Enter");
  await sees(customer);
  await sees(agent);
  await axe(customer);
  await axe(agent);

  // By keyboard: the microphone off, and the other is told.
  await customer.keyboard.press("Alt+KeyM");
  await expect(customer.locator("#room-mic")).toHaveAttribute("aria-pressed", "false");
  await expect(agent.locator("#theirs-says")).toHaveText("Tiene el micrófono apagado");

  // What is written is on both screens.
  await agent.getByLabel("Escribe tu mensaje").fill("La tengo aquí, mira");
  await agent.getByRole("button", { name: "Enviar", exact: true }).click();
  await expect(customer.locator("#room-talk")).toContainText("La tengo aquí, mira");
  await expect(agent.locator("#room-talk")).toContainText("La tengo aquí, mira");
  await expect(agent.getByLabel("Escribe tu mensaje")).toHaveValue("");
  await customer.getByLabel("Escribe tu mensaje").fill("La veo bien");
  await customer.getByRole("button", { name: "Enviar", exact: true }).click();
  await expect(agent.locator("#room-talk")).toContainText("La veo bien");

  // One cart: what the agent puts in, the customer sees with the name of who did it.
  await agent.getByLabel("Código de un producto").fill("CTA-001-NEG-M");
  await agent.getByLabel("Código de un producto").press("Enter");
  await expect(customer.locator("#room-cart")).toContainText("Camiseta Faena");
  await expect(customer.locator("#room-cart")).toContainText("Marta");

  const third = await somebody(page);
  await third.goto(link);
  await expect(third.getByRole("heading", { level: 1 })).toHaveText("Este enlace ya se usa en otro dispositivo");
  await axe(third);

  await customer.reload();
  await sees(customer);
  await sees(agent);

  await customer.getByRole("button", { name: "Colgar" }).click();
  await expect(customer.getByRole("heading", { level: 1 })).toHaveText("La videollamada ha terminado");
  await expect(agent).toHaveURL(/\/desk\/matters\//);
  await expect(agent.getByRole("log")).toContainText("Videollamada terminada");
  if (!isPhone(page)) await expect(agent.locator("#room")).toBeVisible();
});

test("where networks let nothing through, picture and sound go by the relay", async ({ page }) => {
  test.setTimeout(150_000);
  test.skip(spawnSync("turnserver", ["--help"]).error !== undefined, "coturn is not installed");
  const address = Object.values(networkInterfaces()).flat().find((one) => one?.family === "IPv4" && !one.internal)?.address ?? "127.0.0.1";
  relay = spawn("turnserver", [
    "-n", "--log-file=stdout", "--no-cli", "--no-tls", "--no-dtls", "--fingerprint", "--use-auth-secret", `--static-auth-secret=${SECRET}`,
    "--realm=hilo.test", `--listening-ip=${address}`, `--relay-ip=${address}`, `--listening-port=${RELAY_PORT}`, "--allow-loopback-peers",
  ], { stdio: "ignore" });

  await page.goto("/chat");
  const boss = await somebody(page);
  await signIn(boss, STAFF.administrator, "/studio/video");
  await boss.getByLabel("Direcciones").fill(`turn:${address}:${RELAY_PORT}`);
  await boss.getByLabel("Secreto compartido").fill(SECRET);
  await boss.getByLabel("Enviarlo todo por el repetidor").check();
  await boss.getByRole("button", { name: "Guardar" }).click();
  await axe(boss);
  await boss.getByRole("button", { name: "Probar el repetidor" }).click();
  await expect(boss.locator("[data-relay-says]")).toHaveAttribute("data-result", "works", { timeout: 15_000 });

  const { agent, customer, link } = await invite(page);
  await agent.getByRole("link", { name: "Entrar en la sala" }).click();
  await customer.goto(link);
  await customer.getByRole("button", { name: "Entrar en la sala" }).click();
  await sees(customer);
  await sees(agent);

  await boss.goto("/studio/video");
  await boss.getByLabel("Direcciones").fill("");
  await boss.getByLabel("Enviarlo todo por el repetidor").uncheck();
  await boss.getByRole("button", { name: "Guardar" }).click();
  await customer.getByRole("button", { name: "Colgar" }).click();
  await expect(customer.getByRole("heading", { level: 1 })).toHaveText("La videollamada ha terminado");
});
