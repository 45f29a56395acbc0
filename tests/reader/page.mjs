/** Run every vector a reader must keep, in a browser. */

import { judgeAll } from "./operations.mjs";

const vectors = await (await fetch("/vectors.json")).json();
const pre = document.createElement("pre");
pre.textContent = JSON.stringify(await judgeAll(vectors));
document.body.append(pre);
