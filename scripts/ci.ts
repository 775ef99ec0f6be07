import { mkdtempSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { runCommand } from "./run-command.ts"

// Every check and every test, counted. Each tool counts as one; each test as one. Most tools keep one core busy, so they
// run beside each other and beside the build, which the tests then find done.

const CHECKS: readonly (readonly [name: string, command: string])[] = [
  ["format and lint", "lint"],
  ["types", "types"],
  ["floors and cycles", "floors"],
  ["unused exports", "unused"],
]

let passed = 0
let failed = 0
const count = (name: string, ok: boolean, startedMs: number) => {
  if (ok) passed += 1
  else failed += 1
  console.log(`${ok ? "ok  " : "FAIL"} ${name} (${((performance.now() - startedMs) / 1000).toFixed(1)} s)`)
}

const began = performance.now()
const building = runCommand("npm", ["run", "--silent", "build", "--", "--output-logs=errors-only"])
await Promise.all(
  CHECKS.map(async ([name, script]) =>
    count(name, (await runCommand("npm", ["run", "--silent", script])) === 0, began),
  ),
)
await building

const report = join(mkdtempSync(join(tmpdir(), "nexus-ci-")), "report.json")
const startedMs = performance.now()
const code = await runCommand("npm", ["test", "--", "--reporter=default", "--reporter=json", `--outputFile=${report}`])
const result = readReport(report)
passed += result.numPassedTests
failed += result.numFailedTests
if (result.numPendingTests > 0) {
  failed += result.numPendingTests
  console.log(`FAIL ${result.numPendingTests} tests were skipped`)
}
if (result.numFailedTests === 0) count("npm test ends well", code === 0 && result.numPassedTests > 0, startedMs)

console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

function readReport(file: string): { numPassedTests: number; numFailedTests: number; numPendingTests: number } {
  try {
    return JSON.parse(readFileSync(file, "utf8"))
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 }
  }
}
