import { expect, test, type Browser, type Page } from "@playwright/test";
import { axe } from "../support/axe";
import { browserWithDevices, somebodyIn } from "../support/devices";
import { STAFF, isPhone, newCustomer } from "../support/people";
import { signIn } from "../support/sign-in";
import { hasSip, sipServer, type SipServer } from "../support/sip";
import { turnTo } from "../support/rehearsal";

/** The agent's telephone in the browser: registered with a real SIP server, rung by a real SIP telephone. */
test.describe.configure({ mode: "serial" });

let devices: Browser;
let sip: SipServer;

test.beforeAll(async ({}, info) => {
  test.skip(!hasSip(), "kamailio and baresip are not installed");
  devices = await browserWithDevices(info);
  sip = await sipServer();
});
test.afterAll(async () => {
  sip?.stop();
  await devices?.close();
});

/** The pitch that is heard loudest, in Hz. */
async function pitch(page: Page): Promise<number> {
  return page.locator("#theirs").evaluate(async (audio: HTMLAudioElement) => {
    const context = new AudioContext({ sampleRate: 48_000 });
    const analyser = new AnalyserNode(context, { fftSize: 4096 });
    context.createMediaStreamSource(audio.srcObject as MediaStream).connect(analyser);
    const loudness = new Float32Array(analyser.frequencyBinCount);
    let [best, at] = [-Infinity, 0];
    for (const until = performance.now() + 15_000; performance.now() < until && best < -60; ) {
      await new Promise(requestAnimationFrame);
      analyser.getFloatFrequencyData(loudness);
      loudness.forEach((value, bin) => value > best && ([best, at] = [value, bin]));
    }
    await context.close();
    return (at * 48_000) / 4096;
  });
}

test("an agent takes a call in the browser, both hear each other, and hanging up ends it", async ({ page }) => {
  test.skip(isPhone(page), "a window of its own is for a desk");
  test.setTimeout(90_000);
  const who = newCustomer("Noa");

  // Where the SIP server is, is said once for the brand.
  await signIn(page, STAFF.administrator, "/studio/channels");
  await page.locator("main").getByRole("link", { name: /Teléfono|Llamadas/ }).first().click();
  await page.getByLabel("Servidor SIP").fill("https://sip.marca.test");
  await page.getByRole("button", { name: "Guardar" }).first().click();
  await expect(page.getByText("Empieza por wss://, ws://")).toBeVisible();
  await page.getByLabel("Servidor SIP").fill(sip.url);
  await page.getByRole("button", { name: "Guardar" }).first().click();
  await expect(page.locator("#toasts")).toContainText("Canal encendido");

  // Each agent says their address and its password; a wrong one is told, and is written again.
  const agent = await somebodyIn(devices, page);
  await signIn(agent, STAFF.sales, "/desk/calls");
  const write = async (password: string) => {
    await agent.getByLabel("Dónde te llamamos").fill(sip.address("pablo"));
    await agent.getByLabel("Contraseña SIP").fill(password);
    await agent.getByRole("button", { name: "Guardar" }).click();
  };
  await write("otra");
  await axe(agent);
  const opened = agent.waitForEvent("popup");
  await agent.getByRole("link", { name: "Abrir el teléfono" }).press("Enter");
  let phone = await opened;
  await expect(phone.getByRole("status")).toContainText("no acepta tu dirección o tu contraseña");
  await phone.close();
  await write(sip.password);
  const again = agent.waitForEvent("popup");
  await agent.getByRole("link", { name: "Abrir el teléfono" }).press("Enter");
  phone = await again;
  await expect(phone.getByRole("status")).toHaveText("Listo. Lo que contestes en el escritorio se oye aquí.");
  await axe(phone);

  // Another window does not take the line away.
  const second = await agent.context().newPage();
  await second.goto("/desk/softphone");
  await expect(second.getByRole("status")).toContainText("ya está abierto en otra ventana");
  await second.close();

  // She calls and asks for a person; the agent takes it, and the provider rings the agent's address.
  await page.goto("/studio/rehearsal");
  await page.getByLabel("Nombre").fill(who.name);
  await page.getByLabel("Correo").fill(who.email);
  await page.getByLabel("Teléfono").fill(who.phone);
  await page.getByRole("button", { name: "Empezar" }).first().click();
  const frame = page.locator("#phone");
  await turnTo(frame, "Llamada");
  await frame.getByRole("button", { name: /^Llamar a/ }).click();
  await frame.getByLabel("Teclas o palabras").fill("0");
  await frame.getByLabel("Teclas o palabras").press("Enter");
  // Of somebody new the number is all that is known.
  const number = who.phone.replace(/\d{6}$/, (end) => end.replace(/(..)(?=.)/g, "$1 "));
  await agent.locator("#call-bar .call-line", { hasText: number }).getByRole("button").click();
  await expect(agent).toHaveURL(/\/desk\/matters\//);
  const caller = sip.ring("pablo");
  await expect(phone.locator("[data-softphone]")).toHaveAttribute("data-state", "talking", { timeout: 20_000 });
  await expect(phone.locator("[data-name]")).toHaveText(number);
  expect(Math.abs((await pitch(phone)) - 440)).toBeLessThan(20);
  // The other telephone tells the bits a second that it sends and hears.
  await expect.poll(caller.said, { timeout: 20_000 }).toMatch(/audio=[1-9]\d+\/[1-9]\d+ \(bit\/s\)/);
  await axe(phone);

  // By keyboard: silent, and heard again.
  const mute = phone.getByRole("button", { name: "Silenciar" });
  await phone.keyboard.press("Alt+KeyM");
  await expect(mute).toHaveAttribute("aria-pressed", "true");
  await phone.keyboard.press("Alt+KeyM");
  await expect(mute).toHaveAttribute("aria-pressed", "false");

  // Another microphone goes on with the same call; a key that is pressed here is heard there.
  const microphones = phone.getByLabel("Micrófono");
  expect(await microphones.locator("option").count()).toBeGreaterThan(1);
  await microphones.selectOption({ index: 1 });
  await expect(phone.locator("[data-softphone]")).toHaveAttribute("data-state", "talking");
  await phone.locator("summary", { hasText: "Teclado" }).press("Enter");
  await phone.getByRole("button", { name: "5", exact: true }).press("Enter");
  await expect.poll(caller.said).toContain("received event: '5'");
  await phone.keyboard.press("Alt+KeyH");
  await expect(phone.getByRole("status")).toHaveText("Listo. Lo que contestes en el escritorio se oye aquí.");
  await expect.poll(caller.said).toMatch(/terminated|session closed/);

  // Who rings the address without having come by the desk is not let in by itself.
  await agent.locator("#call-end").click();
  const stranger = sip.ring("pablo");
  await expect(phone.getByRole("status")).toHaveText("Llaman a tu dirección", { timeout: 20_000 });
  await expect(phone.getByRole("button", { name: "Contestar" })).toBeFocused();
  await phone.getByRole("button", { name: "Colgar" }).click();
  await expect.poll(stranger.said).toMatch(/session closed/);
});
