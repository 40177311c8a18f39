// Starts a portal and a sandbox of their own on free ports with an empty registry, and ends both.

import { execFile, spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const ROOT = resolve(fileURLToPath(new URL("../../..", import.meta.url)));
const BIN = process.env.BIN_DIR ?? join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "debug");
const REALM = "/openam/oauth2/realms/root/realms/oidc";
const DEMONSTRATION = join(ROOT, "end2end/sandbox/demonstration.json");

/** The folder of the browser bundle; there may be none. */
export const SITE = process.env.SITE_DIR ?? join(ROOT, "target/site");
/** The journeys' own folder. */
export const TESTS = join(ROOT, "end2end/tests");
/** Whether the browser bundle was built. */
export const bundleIsBuilt = () => existsSync(join(SITE, "manifest.json"));
/** The programs that are not there, by path. */
export const missingPrograms = () => [join(BIN, "server"), join(BIN, "sandbox")].filter((path) => !existsSync(path));

/** The demonstration's people and authorities, as the registry loads them. */
export const demonstration = JSON.parse(readFileSync(DEMONSTRATION, "utf8"));

async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Runs a program until it says that it is ready; what it says is kept in `log`. */
function start(program, args, env, log) {
  const child = spawn(join(BIN, program), args, { env: { PATH: process.env.PATH, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const kept = createWriteStream(log, { flags: "a" });
  child.stdout.pipe(kept, { end: false });
  child.stderr.pipe(kept, { end: false });
  const ended = new Promise((done) => child.once("exit", done)).then((code) => (kept.end(), code));
  const ready = new Promise((good, bad) => {
    child.stdout.on("data", (text) => String(text).includes("ready:") && good());
    child.once("error", bad);
    ended.then((code) => bad(new Error(`${program} ended with ${code} at its start; see ${log}`)));
  });
  const stop = async (signal = "SIGTERM") => {
    child.kill(signal);
    const late = setTimeout(() => child.kill("SIGKILL"), 5_000);
    await ended;
    clearTimeout(late);
  };
  return { ready, stop };
}

/**
 * A fresh pair. `folder` gets the logs. `sandboxHost` is the name browsers and portal reach the sandbox by; `site` the bundle's folder.
 * Addresses under `…Direct` are for requests of the tests themselves, whatever "localhost" resolves to.
 */
export async function startStand({ folder, sandboxHost = "localhost", site = SITE }) {
  mkdirSync(folder, { recursive: true });
  const data = mkdtempSync(join(tmpdir(), "end2end-"));
  const [port, sandboxPort] = [await freePort(), await freePort()];
  const portal = `http://localhost:${port}`;
  const sandbox = `http://${sandboxHost}:${sandboxPort}`;
  const issuer = sandbox + REALM;
  const settings = {
    PORT: String(port),
    DATABASE_URL: `sqlite:${join(data, "registry.db")}`,
    KEYS_DIR: join(data, "keys"),
    CIS2_ISSUER: issuer,
    NOTIFICATIONS_URL: `${sandbox}/inbox`,
    SITE_DIR: site,
    DEMONSTRATION: "true",
  };
  const server = async (...args) => (await run(join(BIN, "server"), args, { env: settings, maxBuffer: 1 << 26 })).stdout;
  await server("keys");
  await server("demo", DEMONSTRATION);
  const beside = start("sandbox", [], { SANDBOX_PORT: String(sandboxPort), PORTAL_URL: portal, ISSUER: issuer }, join(folder, "sandbox.log"));
  const log = join(folder, "server.log");
  let main = start("server", ["serve"], settings, log);
  const stop = async () => {
    await Promise.all([main.stop(), beside.stop()]);
    rmSync(data, { recursive: true, force: true });
  };
  try {
    await Promise.all([beside.ready, main.ready]);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    folder,
    portal,
    portalDirect: `http://127.0.0.1:${port}`,
    sandbox,
    sandboxDirect: `http://127.0.0.1:${sandboxPort}`,
    database: join(data, "registry.db"),
    log,
    /** Runs `server …` beside the live one and returns what it prints. */
    server,
    /** Ends the portal with this signal and starts it again on the same registry. */
    async restart(signal = "SIGTERM") {
      await main.stop(signal);
      main = start("server", ["serve"], settings, log);
      await main.ready;
    },
    stop,
  };
}
