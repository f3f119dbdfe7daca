import { defineConfig } from "@playwright/test";
import config from "./playwright.config";

/** The same browser on a desk, measuring. Each benchmark starts a demo of its own. */
export default defineConfig({
  ...config,
  testDir: "benchmarks",
  testMatch: "*.ts",
  timeout: 300_000,
  projects: config.projects!.filter(({ name }) => name === "desk"),
  webServer: [],
});
