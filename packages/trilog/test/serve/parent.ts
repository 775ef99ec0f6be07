import { argv } from "node:process"
import { startChdb } from "../../src/serve/chdb-process.ts"

/** A process that owns a chDB, says its pid (or "none") and waits to be killed. */
const chdb = await startChdb({ dataDir: `${argv[2]}/orphan`, log: () => {} }).catch(() => undefined)
console.log(chdb?.pid ?? "none")
setInterval(() => {}, 60_000)
