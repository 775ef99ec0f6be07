import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { formatPanel, parsePanel } from "@nexus/reactor"
import { describe, expect, test } from "vitest"
import { nexus } from "./nexus.ts"

/** An example of docs/nxml.md and what the page says of it. */
interface Example {
  readonly heading: string
  readonly source: string
  readonly shows: readonly string[]
  readonly after: readonly {
    readonly handler: string
    readonly args: string
    readonly state: string
    readonly value: string
  }[]
  readonly says: readonly { readonly code: string; readonly line: number; readonly words: string }[]
}

const page = readFileSync(resolve(import.meta.dirname, "../../../docs/nxml.md"), "utf8")

const examples: readonly Example[] = page
  .split(/^## /m)
  .slice(1)
  .flatMap((section) => {
    const source = /```xml\n(.*?)```/s.exec(section)?.[1]
    if (source === undefined) return []
    const shown = /^Shows: (.*)$/m.exec(section)?.[1] ?? ""
    return [
      {
        heading: section.split("\n", 1)[0] ?? "",
        source,
        shows: [...shown.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ""),
        after: [...section.matchAll(/^After `(\w+)` with `(.+?)`: `(\w+)` is `(.+?)`$/gm)].map((match) => ({
          handler: match[1] ?? "",
          args: match[2] ?? "",
          state: match[3] ?? "",
          value: match[4] ?? "",
        })),
        says: [...section.matchAll(/^Says: `([\w-]+)` on line (\d+): (.*)$/gm)].map((match) => ({
          code: match[1] ?? "",
          line: Number(match[2]),
          words: match[3] ?? "",
        })),
      },
    ]
  })

test("the page has an example in every section, and each says what comes of it", () => {
  expect(examples.length).toBe(page.match(/^## /gm)?.length)
  for (const { heading, shows, after, says } of examples)
    expect(shows.length + after.length + says.length, heading).toBeGreaterThan(0)
})

describe.each(examples)("$heading", ({ source, shows, after, says }) => {
  const { diagnostics } = parsePanel(source)

  test("has the findings the page tells, and no others", () => {
    expect(diagnostics.map(({ code, range }) => ({ code, line: range.line }))).toEqual(
      says.map(({ code, line }) => ({ code, line })),
    )
    for (const [index, { words }] of says.entries()) expect(diagnostics[index]?.hint).toBe(words)
  })

  test("stands in the one layout", () => {
    expect(formatPanel(source)).toBe(source)
  })

  if (shows.length > 0)
    test("shows what the page tells", async () => {
      const { out, code } = await nexus(["render", "-"], source)
      expect(code).toBe(0)
      const words = out
        .replace(/<[^>]*>/g, " ")
        .replace(/&quot;/g, '"')
        .replace(/\s+/g, " ")
      for (const text of shows) expect(words).toContain(text)
      const told = shows.filter((text) => text.startsWith("There is no"))
      expect(out.match(/class="nx-error"/g) ?? []).toHaveLength(told.length)
    })

  test.each(after)("$handler leaves what the page tells", async ({ handler, args, state, value }) => {
    const { json } = await nexus(["run", "-", handler, "--args", args, "--json"], source)
    expect(json()).toMatchObject({ status: "finished", state: { [state]: JSON.parse(value) } })
  })
})
