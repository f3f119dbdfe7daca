import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { binary, freePort } from "./demo";

/** A demo of its own in which many strangers wait. */
export interface Crowded {
  url: string;
  stop(): Promise<void>;
}

/** Start it and wait until it answers; one that is running already at `HILO_CROWD_URL` saves the minute. */
export async function crowded(strangers: number): Promise<Crowded> {
  const given = process.env["HILO_CROWD_URL"];
  if (given !== undefined) return { url: given.replace(/\/$/, ""), stop: async () => {} };
  const port = await freePort();
  const data = mkdtempSync(join(tmpdir(), "hilo-e2e-crowd-"));
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(binary(), ["demo", "--crowd", String(strangers), "--listen", `127.0.0.1:${port}`, "--data", data], { stdio: "ignore" });
  const stop = async () => {
    await ended(child);
    rmSync(data, { recursive: true, force: true });
  };
  while (!(await answers(`${url}/healthz`))) {
    if (child.exitCode !== null) {
      await stop();
      throw new Error(`the crowded demo ended with ${child.exitCode}`);
    }
    await new Promise((done) => setTimeout(done, 200));
  }
  return { url, stop };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then((answer) => answer.ok, () => false);
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((done) => {
    child.once("exit", () => done());
    child.kill("SIGTERM");
  });
}
