import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** A demo to walk through: where it answers, and what starts it (nothing when it runs already). */
export interface Demo {
  url: string;
  command?: string;
}

/**
 * The demo of this run: one that is running already at `HILO_URL`, or the debug binary on a free port with new data.
 *
 * Playwright reads its configuration again in every worker, so the choice is kept in the environment.
 */
export async function demo(): Promise<Demo> {
  const given = process.env["HILO_URL"];
  if (given !== undefined) return { url: given.replace(/\/$/, "") };

  const port = (process.env["HILO_E2E_PORT"] ??= String(await freePort()));
  const data = (process.env["HILO_E2E_DATA"] ??= newFolder());
  return {
    url: `http://127.0.0.1:${port}`,
    command: `exec "${binary()}" demo --listen 127.0.0.1:${port} --data "${data}"`,
  };
}

/** The program under test. */
export const binary = () => process.env["HILO_BINARY"] ?? resolve(import.meta.dirname, "../../target/debug/hilo");

/** A folder that is gone when this process, the one that starts the demo, is. */
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "hilo-e2e-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === "object") done(address.port);
        else failed(new Error("the listening port has no number"));
      });
    });
  });
}
