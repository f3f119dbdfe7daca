import { chromium } from "@playwright/test";
const base = process.env.URL ?? "http://127.0.0.1:7801";
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1366, height: 850 } };
const [who, ...paths] = process.argv.slice(2);
for (const [name, viewport] of Object.entries(sizes)) {
  const c = await b.newContext({ viewport, locale: "es-ES" });
  const p = await c.newPage();
  p.on("pageerror", (e) => console.log("ERR", e.message));
  if (who !== "-") {
    await p.goto(base + "/sign-in").catch(() => {});
    await p.fill("[name=email]", who); await p.fill("[name=password]", "hilo-demo-2026"); await p.keyboard.press("Enter"); await p.waitForLoadState("networkidle").catch(() => {});
  }
  let i = 0;
  for (const path of paths) {
    await p.goto(base + path); await p.waitForTimeout(400);
    const over = await p.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) console.log("OVERFLOW", name, path, over);
    await p.screenshot({ path: `/work/scratch/look-${name}-${i++}.png`, fullPage: process.env.FULL === "1" });
  }
}
await b.close();
