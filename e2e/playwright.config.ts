import { defineConfig, devices } from "@playwright/test";
import { demo } from "./support/demo";

/** Every test walks on a phone and on a desk. */
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 800 };

const running = await demo();

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  // One brand, one stock: the tests share a server and tell one story after another.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: Boolean(process.env["CI"]),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    baseURL: running.url,
    trace: "off",
    video: "off",
    screenshot: "only-on-failure",
    locale: "es-ES",
    timezoneId: "Europe/Madrid",
    launchOptions: {
      executablePath: process.env["HILO_CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "phone", use: { ...devices["Desktop Chrome"], viewport: PHONE, isMobile: true, hasTouch: true } },
    { name: "desk", use: { ...devices["Desktop Chrome"], viewport: DESK } },
  ],
  ...(running.command === undefined
    ? {}
    : {
        webServer: {
          command: running.command,
          url: `${running.url}/healthz`,
          timeout: 120_000,
          reuseExistingServer: false,
          stdout: "ignore" as const,
          stderr: "pipe" as const,
        },
      }),
});
