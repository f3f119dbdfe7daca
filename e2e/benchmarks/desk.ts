import { test, type Page } from "@playwright/test";
import { crowded, type Crowded } from "../support/crowd";
import { STAFF } from "../support/people";
import { signIn } from "../support/sign-in";
import { another, closeWindows } from "../support/windows";

/** So many threads wait in the queue. */
const CROWD = 10_000;
const TURNS = 60;

let site: Crowded;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  site = await crowded(CROWD);
});
test.afterAll(() => site.stop());
test.afterEach(closeWindows);

/** One line of the table in docs/benchmarks.md. */
function tell(what: string, times: number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)]!.toFixed(0);
  console.log(`| ${what} | SQLite | p50 ${at(0.5)} / p95 ${at(0.95)} / slowest ${at(1)} ms |`);
}

async function atFirst(page: Page): Promise<void> {
  await signIn(page, STAFF.sales, `${site.url}/desk`);
  await page.goto(`${site.url}/desk?view=open`);
  await page.locator("#rows .threads a").first().click();
  await page.locator("#composer").waitFor();
}

test("from the press on a row to the first paint of its thread", async ({ page }) => {
  await atFirst(page);
  const times: number[] = [];
  for (let turn = 1; turn <= TURNS; turn++) {
    times.push(await page.evaluate(turnTo, turn % 20));
    // What the line to the server brings at first is no part of the next switch.
    await page.waitForTimeout(400);
  }
  tell(`thread switch, ${CROWD} threads in the queue, press to paint`, times);
});

/** Press the row of this number; answers how many milliseconds went by until its thread was painted. */
function turnTo(row: number): Promise<number> {
  return new Promise((done) => {
    const head = document.getElementById("head");
    const begun = performance.now();
    const turned = new MutationObserver(() => {
      if (head?.isConnected || document.getElementById("head") === null) return;
      turned.disconnect();
      requestAnimationFrame(() => {
        const painted = new MessageChannel();
        painted.port1.onmessage = () => done(performance.now() - begun);
        painted.port2.postMessage(null);
      });
    });
    turned.observe(document.getElementById("main")!, { childList: true });
    document.querySelectorAll<HTMLElement>("#rows .threads a")[row]!.click();
  });
}

test("from a customer's press on send to the agent's screen", async ({ page, browser }) => {
  const visitor = await another(browser, page);
  await visitor.goto(`${site.url}/chat`);
  const send = async (words: string) => {
    await visitor.getByLabel("Escribe tu mensaje").fill(words);
    return visitor.evaluate(() => {
      const at = performance.timeOrigin + performance.now();
      document.querySelector<HTMLTextAreaElement>("form textarea")!.form!.requestSubmit();
      return at;
    });
  };
  const first = `Pregunta ${Date.now()}`;
  await send(first);
  await visitor.getByText(first).first().waitFor();
  // Whoever came last is the first of the customers.
  await signIn(page, STAFF.sales, `${site.url}/desk/customers`);
  await page.locator('[data-keys="rows"] a').first().click();
  await page.locator("#write").click();
  await page.getByRole("log").getByText(first).waitFor();
  const times: number[] = [];
  for (let turn = 0; turn < TURNS / 2; turn++) {
    const words = `Mensaje ${turn} ${Date.now()}`;
    const seen = page.evaluate(appears, words);
    const sent = await send(words);
    times.push((await seen) - sent);
  }
  tell(`a message of the web chat, ${CROWD} threads in the queue, press on send to the agent's screen`, times);
});

/** When these words are painted in the thread. */
function appears(words: string): Promise<number> {
  return new Promise((done) => {
    const look = () => {
      if (!document.querySelector("#tail")?.textContent?.includes(words)) return;
      come.disconnect();
      requestAnimationFrame(() => {
        const painted = new MessageChannel();
        painted.port1.onmessage = () => done(performance.timeOrigin + performance.now());
        painted.port2.postMessage(null);
      });
    };
    const come = new MutationObserver(look);
    come.observe(document.getElementById("main")!, { childList: true, subtree: true, characterData: true });
    look();
  });
}
