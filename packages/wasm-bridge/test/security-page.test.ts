import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"

const part = join(import.meta.dirname, "..")
const page = readFileSync(join(part, "../../docs/security/sandbox.md"), "utf8")

it("every test that the page on other sandboxes names exists", () => {
  const kernel = "../kernel/test/{capabilities,workspace/waiting}/*.ts"
  const files = globSync(["{acceptance,test}/**/*.ts", kernel, "../protocol/test/run/*.ts"], { cwd: part })
  const titles = new Set(
    files.flatMap((file) =>
      [...readFileSync(join(part, file), "utf8").matchAll(/(?:\(|name:)\s*"([^"]+)"/g)].map(([, title]) => title),
    ),
  )
  const named = [...page.matchAll(/"([^"]+)"/g)].map(([, title]) => title)
  expect(named.length).toBeGreaterThan(9)
  expect(named.filter((title) => !titles.has(title))).toEqual([])
})
