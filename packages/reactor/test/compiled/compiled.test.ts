import { execFileSync } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { NexusError, type Panel, PanelData } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { checksumOf } from "../../src/compiled/checksum.ts"
import { decodePanel, encodePanel, isCompiled, verifyPanel } from "../../src/compiled/index.ts"
import { panelRows } from "../../src/compiled/panel-rows.ts"
import { readPanelRows } from "../../src/compiled/read-panel.ts"
import { partsFrom, partsRow } from "../../src/compiled/tree-rows.ts"
import { isParts } from "../../src/compiled/tree-shape.ts"
import { parseBinding } from "../../src/expression/binding.ts"
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

const RICH = sourceOf({
  data: '<State name="n" type="object" default="{&quot;a&quot;:[1]}" scope="session"/><Computed name="twice" value="{$state.n.a}"/><Import panel="Other" state="n" as="other"/>',
  logic:
    '<Capability type="http:fetch" scope="example.com" reason="to ask"/><Handler name="add">$state.n = $args</Handler><Tool name="t" handler="add" description="d"><Arg name="by" type="number" default="2"/><Arg name="it" type="string" required="true"/></Tool><Lifecycle on="change" watch="{$state.n}" run="add"/><Lifecycle on="schedule" every="5m" run="add"/>',
  view: '<Stack><Text content="{$computed.twice} {$imports.other}"/><Markdown>words</Markdown></Stack>',
})

/** Every place of a single value in a panel, ids aside: a compiled file does not hold them. */
function leavesOf(value: object): [holder: Record<string, unknown>, name: string][] {
  return Object.entries(value).flatMap(([name, inner]) => {
    if (typeof inner === "object" && inner !== null) return leavesOf(inner)
    return name === "id" || inner === undefined ? [] : [[value as Record<string, unknown>, name]]
  })
}

const CONTENT_AT = 40

/** Content with a checksum that fits it, as somebody would write it who means harm. */
function sealed(content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(CONTENT_AT + content.length)
  bytes.set([0x4e, 0x58, 0x42, 2])
  new DataView(bytes.buffer).setUint32(4, checksumOf(content), true)
  bytes.set(content, CONTENT_AT)
  return bytes
}

function forged(change: (lines: string[]) => readonly string[]): Uint8Array {
  const lines = new TextDecoder().decode(encodePanel(SOURCE).subarray(CONTENT_AT)).split("\n")
  return sealed(new TextEncoder().encode(change(lines).join("\n")))
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

  it("holds the trees that the parser makes", () => {
    const texts = ["{-1.5 + [...$state.items, null, undefined][0]?.a?.(x => x)}", "{({ [a]: 1, b, ...c })[1e999]}"]
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of NXML
    texts.push("a {`t${1}u`} b{f(({ k: [p, , q] }) => !p ? 'y' : typeof q)}", "{a ?? (b >= 2)}{true}")
    for (const text of texts) {
      const { parts, errors } = parseBinding(text)
      expect(errors, text).toEqual([])
      expect(JSON.parse(JSON.stringify(partsRow(parts))), text).not.toEqual(parts)
      expect(partsFrom(JSON.parse(JSON.stringify(partsRow(parts)))), text).toEqual(parts)
    }
  })

  it("has a checksum of the published values", () => {
    const sum = (text: string) => checksumOf(new TextEncoder().encode(text))
    const known = [sum(""), sum("abc"), sum("Nobody inspects the spammish repetition")]
    expect(known).toEqual([0x02cc5d05, 0x32d153ff, 0xe2293b2f])
  })

  it("is known by its SHA-256, which is looked at only when asked for", async () => {
    const bytes = encodePanel(SOURCE)
    expect(await verifyPanel(bytes)).toBe(true)
    const other = bytes.with(20, (bytes[20] ?? 0) ^ 1)
    expect(decodePanel(other).source).toBe(SOURCE)
    expect(await verifyPanel(other)).toBe(false)
    expect(await verifyPanel(bytes.with(300, (bytes[300] ?? 0) ^ 1))).toBe(false)
    await expect(verifyPanel(new Uint8Array(9))).rejects.toThrow("does not begin with NXB")
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

  it("never crashes on 10,000 damaged files, with the checksum of before or made anew", () => {
    const whole = encodePanel(SOURCE)
    let refusals = 0
    for (let seed = 1; seed <= 10_000; seed += 1) {
      const random = generator(seed)
      let bytes: Uint8Array = Uint8Array.from(whole)
      for (let times = 1 + random(4); times > 0; times -= 1) {
        if (random(8) === 0) bytes = bytes.slice(0, random(bytes.length))
        else bytes[random(bytes.length)] = random(256)
      }
      if (seed % 2 === 0 && bytes.length > CONTENT_AT) bytes = sealed(bytes.subarray(CONTENT_AT))
      try {
        if (failureOf(() => decodePanel(bytes))) refusals += 1
        else expect(PanelData.safeParse(decodePanel(bytes).panel).success).toBe(true)
      } catch (cause) {
        throw new Error(`seed ${seed}`, { cause })
      }
    }
    expect(refusals).toBeGreaterThan(8_000)
  }, 120_000)

  it("opens no tree that the parser does not make, though its checksum is right", () => {
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
    for (const row of [[[99, 0, 1, 1, 1]], [[1, 0, 1, 1]], [["unary"]], [[8, 0, 1, 1, "-", 7]], 5, [null]]) {
      expect(() => expect(isParts(partsFrom(row))).toBe(true), JSON.stringify(row)).toThrow()
    }
  })

  it("is refused when its lines are not what a compiler writes, though its checksum is right", () => {
    const cases: [(lines: string[]) => readonly string[], string][] = [
      [(lines) => lines.slice(0, 3), "its trees"],
      [(lines) => [...lines, "1"], "its source"],
      [(lines) => ["[]", ...lines.slice(1)], "first line"],
      [(lines) => ["[", ...lines.slice(1)], "no JSON"],
      [([head = "", ...rest]) => [head.replace(/^\[\["[^"]*"/, "[[1"), ...rest], "the title"],
      [([head = "", ...rest]) => [head.replace('"onClick"', '"__proto__"'), ...rest], "an attribute's name"],
    ]
    for (const [change, reason] of cases) {
      expect(failureOf(() => decodePanel(forged(change)))?.message, reason).toContain(reason)
    }
    const deep = `[${"[".repeat(100_000)}${"]".repeat(100_000)},"",[],[],[]]`
    expect(failureOf(() => decodePanel(forged(() => [deep])))?.failure.code).toBe("invalid-input")
    expect(failureOf(() => decodePanel(sealed(Uint8Array.of(0xff, 0xfe))))?.message).toContain("no text")
  })

  it("is read as strictly as the schema of a Panel over thousands of damaged values", () => {
    const { panel } = parsePanel(RICH)
    expect(PanelData.safeParse(panel).success).toBe(true)
    expect([panel?.imports, panel?.capabilities, panel?.tools, panel?.lifecycles].map((it) => it?.length)).toEqual([
      1, 1, 1, 2,
    ])
    const values = ["", "x", "$state", "mount", -1, 0, 1, 2.5, true, false, {}, ["x"], JSON.parse('{"__proto__":1}')]
    let allowed = 0
    for (let seed = 1; seed <= 6000; seed += 1) {
      const random = generator(seed)
      const damaged = structuredClone(panel) as Panel
      const leaves = leavesOf(damaged)
      const [holder, name] = leaves[random(leaves.length)] ?? [{}, ""]
      holder[name] = values[random(values.length)]
      const known = PanelData.safeParse(damaged).success
      let read = true
      try {
        expect(readPanelRows(JSON.parse(JSON.stringify(panelRows(damaged, true))))).toEqual(damaged)
      } catch {
        read = false
      }
      expect(read, `${name} of ${JSON.stringify(holder)}, seed ${seed}`).toBe(known)
      if (known) allowed += 1
    }
    expect(allowed).toBeGreaterThan(500)
    expect(allowed).toBeLessThan(5000)
  })

  it("is refused when it reads a text differently than another compiled panel", () => {
    const trees = (byte: number) => ({
      bindings: [["{only here}", `[${byte}]`]] as const,
      statements: [],
      paths: [],
    })
    const opener = { binding: () => [], statements: () => [], path: () => ({}) as never }
    learnTrees(trees(1), opener)
    learnTrees(trees(1), opener)
    expect(() => learnTrees(trees(2), opener)).toThrow("differently")
  })
})
