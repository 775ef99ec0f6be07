import { readdirSync, readFileSync } from "node:fs"

/**
 * The rules of NXML as cases a person can read. In a `.cases` file `## …` states a rule, `# …` names a case, `@room` says
 * where its lines stand, and `→ code ~ words` what is found, in document order. `⟦ ⟧` mark where exactly, without being
 * part of the source. In the rooms `expression`, `statements` and `bind` each line is a case.
 */
export interface Case {
  readonly name: string
  readonly source: string
  readonly expected: readonly { readonly code: string; readonly words: string }[]
  /** Where each finding stands; empty when the case does not say. */
  readonly marks: readonly { readonly offset: number; readonly length: number }[]
}

const DATA = `<Data>
<State name="count" type="number"/><State name="title" type="string"/><State name="done" type="boolean"/>
<State name="items" type="list"/><State name="options" type="object"/>
<Computed name="open" value="{$state.items.length}"/>
</Data>`
const LOGIC = `<Logic>
<Handler name="add">$state.count += 1</Handler><Handler name="remove">$state.count -= 1</Handler>
</Logic>`

const panel = (inside: string) => `<NexusPanel title="T">\n${inside}\n</NexusPanel>`
const view = (inside: string) => panel(`${DATA}\n${LOGIC}\n<View>\n${inside}\n</View>`)
const quoted = (value: string) => (value.includes('"') ? `'${value}'` : `"${value}"`)

const ROOMS: { readonly [room: string]: (inside: string) => string } = {
  panel: (inside) => inside,
  data: (inside) => panel(`<Data>\n${inside}\n</Data>\n<View/>`),
  logic: (inside) => panel(`${DATA}\n${LOGIC.replace("</Logic>", `${inside}\n</Logic>`)}\n<View/>`),
  handler: (inside) => panel(`${DATA}\n<Logic>\n<Handler name="h">\n${inside}\n</Handler>\n</Logic>\n<View/>`),
  view,
  expression: (line) => view(`<Text content=${quoted(`{${line}}`)}/>`),
  statements: (line) => view(`<Form onSubmit=${quoted(line)}><Button label="x"/></Form>`),
  bind: (line) => view(`<Input label="x" bind=${quoted(line)}/>`),
}
const BY_LINE: ReadonlySet<string> = new Set(["expression", "statements", "bind"])

/** Every case of every `.cases` file. */
export function readCases(): readonly Case[] {
  const folder = new URL("cases/", import.meta.url)
  return readdirSync(folder).flatMap((file) => casesOf(readFileSync(new URL(file, folder), "utf8")))
}

function casesOf(text: string): Case[] {
  const cases: Case[] = []
  let rule = ""
  let name = ""
  let room = ""
  let lines: string[] = []
  let expected: string[] = []
  const finish = () => {
    if (expected.length > 0) cases.push(caseOf(`${rule}: ${name}`, room, lines.join("\n"), expected))
    lines = []
    expected = []
  }
  for (const line of text.split("\n")) {
    const heading = /^(#{1,2}) (.*)$/.exec(line)
    if (heading !== null) {
      finish()
      if (heading[1] === "##") rule = heading[2] ?? ""
      else name = heading[2] ?? ""
      room = ""
    } else if (room === "" && line.startsWith("@")) room = line.slice(1)
    else if (BY_LINE.has(room)) {
      const [source = "", codes = ""] = line.split(" → ")
      if (codes !== "") cases.push(caseOf(`${rule}: ${source.replace(/[⟦⟧]/g, "")}`, room, source, codes.split(" ")))
    } else if (line.startsWith("→ ")) expected.push(line.slice(2))
    else if (expected.length === 0 && room !== "") lines.push(line)
  }
  finish()
  return cases
}

export function caseOf(name: string, room: string, marked: string, expected: readonly string[]): Case {
  const wrap = ROOMS[room]
  if (wrap === undefined) throw new Error(`the case "${name}" stands in no room: "${room}"`)
  const { source, marks } = unmarked(wrap(marked))
  const found = expected
    .filter((line) => line !== "none")
    .map((line) => {
      const [code = "", words = ""] = line.split(" ~ ")
      return { code, words }
    })
  return { name, source, expected: found, marks }
}

/** The source without its marks, and the stretches they enclosed in the order of their beginnings. */
function unmarked(marked: string): { source: string; marks: Case["marks"] } {
  let source = ""
  const marks: { offset: number; length: number }[] = []
  const open: { offset: number; length: number }[] = []
  for (const character of marked) {
    if (character === "⟦") {
      const mark = { offset: source.length, length: 0 }
      marks.push(mark)
      open.push(mark)
    } else if (character === "⟧") {
      const mark = open.pop()
      if (mark !== undefined) mark.length = source.length - mark.offset
    } else source += character
  }
  return { source, marks }
}
