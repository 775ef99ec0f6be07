import { execFileSync } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { NexusError } from "@nexus/protocol"
import { sha256 } from "@noble/hashes/sha2.js"
import { Packr } from "msgpackr"
import { describe, expect, it } from "vitest"
import { decodePanel, encodePanel, isCompiled } from "../../src/compiled/index.ts"
import { isParts } from "../../src/compiled/tree-shape.ts"
import { learnTrees } from "../../src/expression/known-trees.ts"
import { parsePanel } from "../../src/index.ts"
import { sourceOf } from "../world/panel.ts"
import { generator } from "../world/server.ts"

const gallery = new URL("../../../../gallery/", import.meta.url)
const sources = readdirSync(gallery, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(new URL(`${entry.name}/`, gallery)).includes("panel.nxml"))
  .map(({ name }) => readFileSync(new URL(`${name}/panel.nxml`, gallery), "utf8"))

const SOURCE = sourceOf({
  data: '<State name="items" type="list"/><State name="n" type="number" default="2"/><State name="key" type="string" secret="true" default="canary-secret"/><Computed name="open" value="{$state.items.filter(i => !i.done).length}"/>',
  logic: '<Handler name="add">$state.items.push({ title: "canary-code" }) // {$state.n}</Handler>',
  view: '<Text content="{$computed.open} of {$state.n}"/><Button label="More" onClick="$state.n += 1; add({ by: 1 })"/><Number label="n" bind="$state.n"/><Each items="{$state.items}" as="item" key="{item.id}"><Switch label="{item.title}" bind="item.done"/></Each>',
})

/** The failure of `run`; anything but a NexusError is a crash. */
function failureOf(run: () => unknown) {
  try {
    run()
  } catch (error) {
    if (error instanceof NexusError) return error
    throw error
  }
  return undefined
}

const packr = new Packr({ useRecords: false, moreTypes: false })

/** A file with its hash made anew, as somebody would who means harm. */
function forged(change: (content: Record<string, unknown>) => void): Uint8Array {
  const content = packr.unpack(encodePanel(SOURCE).subarray(36))
  change(content)
  const packed = packr.pack(content)
  return Uint8Array.from([0x4e, 0x58, 0x42, 1, ...sha256(packed), ...packed])
}

describe("a compiled panel", () => {
  it("is the same panel, and gives its source back letter by letter", () => {
    expect(sources.length).toBeGreaterThan(5)
    for (const source of [...sources, SOURCE]) {
      const read = decodePanel(encodePanel(source))
      expect(read.panel).toEqual(parsePanel(source).panel)
      expect(read.source).toBe(source)
    }
  })

  it("for viewers holds no source, no handler's code and no secret", () => {
    const bytes = encodePanel(SOURCE, { withSource: false })
    const { panel, source } = decodePanel(bytes)
    expect(source).toBeUndefined()
    expect(panel.states.find(({ name }) => name === "key")?.initial).toBe("")
    expect(Buffer.from(bytes).toString("latin1")).not.toMatch(/canary/)
    expect(bytes.length).toBeLessThan(encodePanel(SOURCE).length)
  })

  it("lives where there is no parser: reads, binds, calls and repeats", () => {
    const file = Buffer.from(encodePanel(SOURCE, { withSource: false })).toString("base64")
    const script = `
      const { decodePanel, createPreviewPanel } = await import("@nexus/reactor/viewer")
      const { readPanel } = await import("./src/store/panel-reader.ts")
      const { createCells } = await import("./src/store/cells.ts")
      const { compileBinding } = await import("./src/expression/compile-text.ts")
      const { panel } = decodePanel(Buffer.from(${JSON.stringify(file)}, "base64"))
      const live = createPreviewPanel(panel, { items: [{ id: "a", title: "A", done: false }] })
      const show = () => compileBinding("{$computed.open} of {$state.n}")(live.root.scope)
      const before = show()
      const failures = await live.run(panel.view[1].attributes.onClick.text, live.root)
      const cells = createCells(panel.view, live.root)()
      const row = cells.find(({ node }) => node.element === "Switch")
      await live.write("item.done", row.places, true, "g")
      let unknown = ""
      try { compileBinding("{1 + 41}")({}) } catch (error) { unknown = error.message }
      console.log(JSON.stringify([before, show(), failures, unknown, readPanel("<NexusPanel/>") === undefined]))`
    const cwd = fileURLToPath(new URL("../..", import.meta.url))
    const out = execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd, encoding: "utf8" })
    const [before, after, failures, unknown, none] = JSON.parse(out)
    expect([before, after]).toEqual(["1 of 2", "0 of 3"])
    expect(failures).toHaveLength(1)
    expect(failures[0]).toContain("add")
    expect(unknown).toContain("was not compiled")
    expect(none).toBe(true)
  })

  it("is refused with its reason when cut off, damaged, of another version or no such file", () => {
    const bytes = encodePanel(SOURCE)
    expect(isCompiled(bytes)).toBe(true)
    expect(failureOf(() => decodePanel(bytes.subarray(0, bytes.length - 1)))?.message).toContain("cut off or damaged")
    expect(failureOf(() => decodePanel(bytes.subarray(0, 20)))?.message).toContain("cut off after 20 bytes")
    expect(failureOf(() => decodePanel(bytes.with(200, bytes[200] === 1 ? 2 : 1)))?.message).toContain("damaged")
    expect(failureOf(() => decodePanel(bytes.with(3, 9)))?.failure.code).toBe("version-mismatch")
    expect(failureOf(() => decodePanel(Buffer.from("<NexusPanel/>")))?.message).toContain("does not begin with NXB")
    expect(failureOf(() => decodePanel(new Uint8Array()))?.failure.code).toBe("invalid-input")
  })

  it("is not made from a source with errors", () => {
    const failure = failureOf(() => encodePanel(sourceOf({ view: '<Text content="{$state.nothing}"/>' })))?.failure
    expect(failure).toMatchObject({ code: "panel-invalid", errors: 1, line: 1 })
  })

  it("never crashes on 10,000 damaged files, with the hash of before or made anew", () => {
    const whole = encodePanel(SOURCE)
    let refusals = 0
    for (let seed = 1; seed <= 10_000; seed += 1) {
      const random = generator(seed)
      let bytes = Uint8Array.from(whole)
      for (let times = 1 + random(4); times > 0; times -= 1) {
        if (random(8) === 0) bytes = bytes.slice(0, random(bytes.length))
        else bytes[random(bytes.length)] = random(256)
      }
      if (seed % 2 === 0 && bytes.length > 36) {
        bytes.set([0x4e, 0x58, 0x42, 1])
        bytes.set(sha256(bytes.subarray(36)), 4)
      }
      try {
        if (failureOf(() => decodePanel(bytes))) refusals += 1
      } catch (cause) {
        throw new Error(`seed ${seed}`, { cause })
      }
    }
    expect(refusals).toBeGreaterThan(8_000)
  }, 120_000)

  it("opens no tree that the parser does not make, though its hash is right", () => {
    const literal = { kind: "literal", value: 1, at: 0, end: 1, depth: 1 }
    const name = { kind: "name", name: "$state", at: 0, end: 1, depth: 1 }
    const hostile: unknown[] = [
      { ...name, name: "constructor" },
      { kind: "member", object: name, property: "__proto__", propertyAt: 0, optional: false, at: 0, end: 1, depth: 2 },
      { kind: "arrow", params: [], body: literal, at: 0, end: 1, depth: 2 },
      { kind: "nothing", at: 0, end: 1, depth: 1 },
      { ...literal, value: { toString: 1 } },
      { kind: "unary", operator: "delete", operand: name, at: 0, end: 1, depth: 2 },
      Array.from({ length: 200 }).reduce(
        (inner) => ({ kind: "unary", operator: "-", operand: inner, at: 0, end: 1, depth: 1 }),
        literal,
      ),
    ]
    for (const part of hostile) expect(isParts([part]), JSON.stringify(part)).toBe(false)
    expect(isParts([literal, " of ", name])).toBe(true)
    const loose = forged((content) => {
      content.trees = { bindings: [["{1}", "no bytes"]], statements: [], paths: [] }
    })
    expect(failureOf(() => decodePanel(loose))?.message).toContain("trees.bindings")
    const wrong = forged((content) => {
      content.panel = { title: 1 }
    })
    expect(failureOf(() => decodePanel(wrong))?.message).toContain("panel.title")
  })

  it("is refused when it reads a text differently than another compiled panel", () => {
    const trees = (byte: number) => ({
      bindings: [["{only here}", Uint8Array.of(1, byte)]] as const,
      statements: [],
      paths: [],
    })
    const opener = { binding: () => [], statements: () => [], path: () => ({}) as never }
    learnTrees(trees(1), opener)
    learnTrees(trees(1), opener)
    expect(() => learnTrees(trees(2), opener)).toThrow("differently")
  })
})
