/** Run every vector a reader must keep, in Node: prints what browsers print too, as JSON. */

import { readFileSync, readdirSync } from "node:fs";

import { judgeAll } from "./operations.mjs";

const folder = new URL("../../spec/vectors/", import.meta.url);
const names = readdirSync(folder, { recursive: true, encoding: "utf-8" }).filter((name) => name.endsWith(".json"));
const vectors = names.map((name) => ({ name, ...JSON.parse(readFileSync(new URL(name, folder), "utf-8")) }));

console.log(JSON.stringify(await judgeAll(vectors)));
