// Holds the registry's write lock from another program, as a stuck backup would.

import { spawn } from "node:child_process";

const PYTHON = `
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=10)
held.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
held.execute("ROLLBACK")
`;

/** Returns once the lock is held; the function it returns gives it back. Needs python3, which Debian's npm brings along. */
export async function lockRegistry(database) {
  const holder = spawn("python3", ["-c", PYTHON, database], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((done) => holder.once("exit", done));
  await new Promise((held, failed) => {
    holder.stdout.once("data", held);
    holder.once("error", failed);
    ended.then((code) => failed(new Error(`the lock could not be taken (python3 ended with ${code})`)));
  });
  return async () => {
    holder.stdin.end();
    await ended;
  };
}
