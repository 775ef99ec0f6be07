import { globSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"

const root = fileURLToPath(new URL("../../../", import.meta.url))

test("every test that the security table names is there", () => {
  const files = globSync("{packages,apps,flows}/**/*.{test,flow}.{ts,tsx}", {
    cwd: root,
    exclude: ["**/node_modules/**"],
  })
  const contracts = globSync("packages/*/acceptance/*.ts", { cwd: root })
  const tests = [...files, ...contracts].map((file) => readFileSync(`${root}${file}`, "utf8")).join("\n")
  const table = readFileSync(`${root}docs/security/asvs.md`, "utf8").replace(/\s+/g, " ")
  const named = [...table.matchAll(/"([^"]{12,})"/g)].map(([, title = ""]) => title)
  expect(named.length).toBeGreaterThan(30)
  // An ellipsis stands for what a title fills in when it runs.
  const missing = named.filter((title) => !title.split("…").every((part) => tests.includes(part.trim())))
  expect(missing).toEqual([])
})
