/**
 * Hold every script to its types.
 *
 * The verifier carries none: each byte of it is a reader's. Its functions are typed in `types.d.ts` under their
 * own names, so a copy in `build/typed` gets them written before each function, on the same line, and `tsc` reads that.
 */

import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const project = new URL("../../", import.meta.url);
const copy = new URL("build/typed/", project);
const CORE = "src/tamizdat/reader/core/";
const FUNCTION = /^(?=(?:export )?(?:(?:async )?function (\w+)\(|const (\w+) = (?:async )?\())/gm;

rmSync(copy, { recursive: true, force: true });
for (const folder of ["src/tamizdat/", "tests/reader/", "tests/strip/"])
  cpSync(new URL(folder, project), new URL(folder, copy), {
    recursive: true,
    filter: (path) => !/\.\w+$/.test(path) || /\.(mjs|d\.m?ts|json)$/.test(path),
  });

const declared = readFileSync(new URL(`${CORE}types.d.ts`, project), "utf-8");
const typed = readFileSync(new URL(`${CORE}verify.mjs`, project), "utf-8").replace(FUNCTION, (_, named, arrow) => {
  const name = named ?? arrow;
  const type = name[0].toUpperCase() + name.slice(1);
  if (!new RegExp(`^type ${type}\\b`, "m").test(declared)) throw new Error(`types.d.ts: expected a type ${type}`);
  return `/** @type {${type}} */ `;
});
writeFileSync(new URL(`${CORE}verify.mjs`, copy), typed);

const tsc = fileURLToPath(new URL("node_modules/typescript/bin/tsc", project));
const { status } = spawnSync(process.execPath, [tsc, "--project", fileURLToPath(new URL("tests/strip", copy))], {
  stdio: "inherit",
});
process.exit(status ?? 1);
