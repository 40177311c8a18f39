// Takes a picture of every page at 1280 and 375 pixels into results/screens, to be looked at. Run by hand: `node screens.mjs [part of a name]`.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const only = process.argv[2] ? ["--grep", process.argv[2]] : [];
const { status } = spawnSync("npx", ["playwright", "test", "--config", "screens.config.ts", ...only], { cwd: here, stdio: "inherit" });
process.exit(status ?? 1);
