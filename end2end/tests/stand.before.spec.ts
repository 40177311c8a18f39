// Before the journeys: a portal with an empty registry comes up, says that it is ready, and so does its sandbox.

import { expect, test } from "./journey";
import { children } from "./stand/sandbox.mjs";

test("Given a fresh registry with the demonstration loaded, when both programs are started, then they are ready", async ({ request, stand }) => {
  for (const path of ["/health/live", "/health/ready"]) {
    const response = await request.get(path);
    expect([path, response.status(), response.headers()["cache-control"]]).toEqual([path, 200, "no-store"]);
  }
  const cases = (await children(stand)).map((one: { case: string }) => one.case);
  for (const name of ["none", "cpp", "lac", "ucpp-adult", "cpp-and-lac", "two-authorities", "ended-within", "ended-beyond", "restricted", "superseded", "deceased", "not-on-index", "turns-18-today", "history-30"]) {
    expect(cases).toContain(name);
  }
  const help = await stand.server("--help");
  for (const setting of ["PORT", "DATABASE_URL", "KEYS_DIR", "CIS2_ISSUER", "NOTIFICATIONS_URL", "SITE_DIR", "DEMONSTRATION"]) expect(help).toContain(`env: ${setting}=`);
});
