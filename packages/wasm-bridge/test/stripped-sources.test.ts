import { globSync, readFileSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { describe, expect, it } from "vitest"
import { guestSource, recorderFile } from "../src/guest-source.ts"
import { sandboxSources } from "../src/stripped-sources.ts"

const { main, prelude, readable } = sandboxSources()
const folder = dirname(main)

describe("what a sandbox process runs", () => {
  it("is JavaScript that lies in one folder, and it may read no other of this package", () => {
    expect(main).toMatch(/main\.mjs$/)
    expect(readable).toEqual([`${folder}/*`])
  })

  it("is whole: every file of this package that one of them names is there, without types", () => {
    const files = globSync("**/*.mjs", { cwd: folder }).map((file) => join(folder, file))
    const named = files.flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/(?:from |import\(|new URL\()"(\.[^"]+)"/g)].map(([, path]) =>
        resolve(dirname(file), path ?? ""),
      ),
    )
    expect(named).toContain(join(folder, "worker.mjs"))
    expect(named).toContain(join(folder, "engines/wasmedge/engine.mjs"))
    expect(named.filter((file) => !files.includes(file))).toEqual([])
  })

  it("has the prelude that is made of the guest's files", () => {
    expect(readFileSync(prelude, "utf8")).toBe(guestSource(recorderFile()))
  })
})
