import { readdirSync, readFileSync } from "node:fs"
import { evaluateExpression, formatPanel, parsePanel } from "@nexus/reactor"
import type { Contender, Goal } from "./measure.ts"

/**
 * Broken input. `most nodes lost` takes each mark and each closing tag of every gallery panel out in turn, misspells each
 * end and puts a stray `<` at each tag, and counts what the panel has lost then of its states, handlers, components and
 * all else. `slowest probe` reads long texts that make a careless pattern go back and forth, through reading, checking,
 * laying out and expressions: 1 MiB of one character, 50 KB of longer pieces.
 */
const gallery = new URL("../../gallery/", import.meta.url)

function galleryPanels(): string[] {
  return readdirSync(gallery, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("panel.nxml"))
    .sort()
    .map((file) => readFileSync(new URL(file, gallery), "utf8"))
}

interface Nested {
  readonly children: readonly Nested[]
}

/** Everything that a panel declares and shows. */
function nodesOf(source: string): number {
  const { panel } = parsePanel(source)
  if (panel === undefined) return 0
  const count = (nodes: readonly Nested[]): number => nodes.reduce((sum, { children }) => sum + 1 + count(children), 0)
  const { states, computed, imports, capabilities, handlers, tools, lifecycles, view } = panel
  const args = tools.reduce((sum, tool) => sum + tool.args.length, 0)
  const declared = [states, computed, imports, capabilities, handlers, tools, lifecycles]
  return declared.reduce((sum, list) => sum + list.length, args) + count(view)
}

function* breakages(source: string): Generator<string> {
  const handlers = [...source.matchAll(/<Handler[^>]*>[\s\S]*?<\/Handler>/g)]
  const isScript = (at: number) =>
    handlers.some(({ index, 0: all }) => at > index + all.indexOf(">") && at < index + all.length - 10)
  const without = (at: number, length: number) => source.slice(0, at) + source.slice(at + length)
  for (let at = 0; at < source.length; at++)
    if (!isScript(at) && "\"'</>={}".includes(source.charAt(at))) yield without(at, 1)
  for (const { index, 0: tag } of source.matchAll(/<\/\w+>/g)) {
    yield without(index, tag.length)
    yield without(index + 3, 1)
    yield without(index + tag.length - 1, 1)
  }
  for (const { index } of source.matchAll(/<\w/g)) {
    yield `${source.slice(0, index)}<${source.slice(index)}`
    yield `${source.slice(0, index)}<!-- ${source.slice(index)}`
    yield `${source.slice(0, index)}</Nothing>${source.slice(index)}`
  }
  for (const { index } of source.matchAll(/-->|\]\]>/g)) yield without(index, 3)
}

function mostNodesLost(): Contender {
  const run = () => {
    let worst = 0
    for (const source of galleryPanels()) {
      const whole = nodesOf(source)
      for (const broken of breakages(source)) worst = Math.max(worst, whole - nodesOf(broken))
    }
    return worst
  }
  return { run, warmups: 0, samples: 1 }
}

const MIB = 1024 * 1024
const inView = (text: string) => `<NexusPanel title="T"><View>${text}</View></NexusPanel>`
const inValue = (text: string) => inView(`<Text content="${text}"/>`)
const inHole = (text: string) => inView(`<Text content="{${text}}"/>`)
const inEvent = (text: string) => inView(`<Button label="x" onClick="${text}"/>`)
const inHandler = (text: string) =>
  `<NexusPanel title="T"><Logic><Handler name="h">${text}</Handler></Logic><View/></NexusPanel>`
const inDefault = (text: string) =>
  `<NexusPanel title="T"><Data><State name="s" type="list" default="${text}"/></Data><View/></NexusPanel>`
const alone = (text: string) => text
const PLACES = [alone, inView, inValue, inHole, inEvent, inHandler, inDefault]
const REPEATED = [
  ...[
    " ",
    "\n",
    "\t",
    "a",
    "0",
    "_",
    ".",
    "-",
    "&",
    "'",
    "\\",
    "/",
    "<",
    ">",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "!",
    "?",
    "=",
  ],
  ...[
    "&a",
    "&#",
    "<!",
    "<![",
    "<!--",
    "<?",
    "</",
    "<a ",
    "<a b=",
    " a=",
    " =",
    "\n ",
    "\n<",
    "{(",
    "{a",
    "a.",
    "a?.",
    "a+",
    "a,",
  ],
  ...["=>", "x=>", "`", "`${", "${", "1e", "0x", "...", "\\u", "// ", "/* ", "<Data\n", "<Handler>\n", "\n\t<", "\r\n"],
]
/** One character fills the 1 MiB that is read at all; pieces of more make as many nodes or tokens, so they take less. */
const LENGTH = MIB - 200
const PAIRS_LENGTH = 50_000

function slowestProbe(): Contender {
  const probes = PLACES.flatMap((place) =>
    REPEATED.map((piece) => place(piece.repeat(Math.floor((piece.length > 1 ? PAIRS_LENGTH : LENGTH) / piece.length)))),
  )
  const run = () => {
    let worst = 0
    for (const source of probes) {
      const before = performance.now()
      parsePanel(source)
      worst = Math.max(worst, performance.now() - before)
    }
    return worst
  }
  return { run, warmups: 1, samples: 3 }
}

function deepNesting(): Contender {
  const open = "<Container>".repeat(50_000)
  const closed = inView(open + "</Container>".repeat(50_000))
  const run = () => {
    parsePanel(closed)
    parsePanel(open)
    formatPanel(closed)
    evaluateExpression("(".repeat(50_000), {})
  }
  return { run, warmups: 3, samples: 20 }
}

export const goal: Goal = {
  id: "R2",
  what: "broken input: one breakage costs little, and none takes long",
  rounds: 1,
  contenders: {
    "most nodes lost": mostNodesLost,
    "slowest probe": slowestProbe,
    "nesting of 50,000": deepNesting,
  },
  claims: [
    { ours: "most nodes lost", atMost: 2, unit: "nodes" },
    { ours: "slowest probe", atMostMs: 20 },
    { ours: "nesting of 50,000", atMostMs: 20 },
  ],
}
