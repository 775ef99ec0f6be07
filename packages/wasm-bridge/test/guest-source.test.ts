import { readdirSync, readFileSync } from "node:fs"
import { expect, it } from "vitest"

const folder = new URL("../src/guest/", import.meta.url)

it.each(readdirSync(folder))("guest/%s asks nothing of a prototype that a handler may have changed", (name) => {
  const source = readFileSync(new URL(name, folder), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")
  expect(source).not.toMatch(/`[^`]*\$\{/)
  expect(source).not.toMatch(/\bfor \(const \w+ of\b|(?:const|let) \[|\.(?:push|map|join|slice|then|test|call|apply)\(/)
})
