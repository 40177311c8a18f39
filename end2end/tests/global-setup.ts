// Before all journeys: the programs must be there, the evidence of the last run goes, and what is tested is said.

import { rmSync } from "node:fs";
import { join } from "node:path";
import { bundleIsBuilt, missingPrograms, SITE, TESTS } from "./stand/programs.mjs";

export default function prepare() {
  const missing = missingPrograms();
  if (missing.length > 0) throw new Error(`not built: ${missing.join(", ")} (./test e2e builds them)`);
  rmSync(join(TESTS, "results/evidence"), { recursive: true, force: true });
  if (!bundleIsBuilt()) console.log(`There is no browser bundle in ${SITE}: journeys of the islands are skipped.`);
}
