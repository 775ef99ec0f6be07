import { existsSync } from "node:fs"
import { resolve } from "node:path"
import { root, runCommand } from "./run-command.ts"

// `npm run bench`: the peers live in bench's own install, so that they never enter the product's.

if (!existsSync(resolve(root, "bench/node_modules"))) {
  const installed = await runCommand("npm", ["ci", "--prefix", "bench"])
  if (installed !== 0) process.exit(installed)
}
process.exit(await runCommand("node", ["bench/src/main.ts", ...process.argv.slice(2)]))
