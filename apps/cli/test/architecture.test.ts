import { existsSync, globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"

const root = fileURLToPath(new URL("../../../", import.meta.url))
const page = readFileSync(join(root, "ARCHITECTURE.md"), "utf8")

test("every path that ARCHITECTURE.md names exists", () => {
  const named = [...page.matchAll(/`([^`\s]+)`/g)].map(([, name = ""]) => name)
  const paths = named.filter((name) => name.includes("/") && !name.startsWith("@"))
  expect(paths.length).toBeGreaterThan(30)
  expect(paths.filter((path) => !existsSync(join(root, path)) && !existsSync(join(root, "packages", path)))).toEqual([])
})

test("every invariant of ARCHITECTURE.md is the title of a test", () => {
  const [, list = ""] = page.split("## Invariants")
  const invariants = [...list.matchAll(/^\d+\. (.+)\.$/gm)].flatMap(([, text = ""]) => text.split("; "))
  expect(invariants.length).toBe(15)
  const places = ["{packages,apps}/*/{test,acceptance}/**/*.ts", "flows/*.flow.ts"]
  const titles = globSync(places, { cwd: root, exclude: ["**/node_modules/**"] }).flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(/\b(?:describe|it|test)\(\s*"([^"]+)"/g)].map(
      ([, title = ""]) => title.toLowerCase(),
    ),
  )
  const said = (text: string) => titles.some((title) => title.includes(text.toLowerCase()))
  expect(invariants.filter((text) => !said(text))).toEqual([])
})
