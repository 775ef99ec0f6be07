/** A seeded generator of numbers (mulberry32) and the panels that the fuzz tests make with it. */
export interface Random {
  /** 0 ≤ n < `below`. */
  next(below: number): number
  pick<T>(items: readonly T[]): T
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (below: number) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
  return {
    next,
    pick: (items) => {
      const item = items[next(items.length)]
      if (item === undefined) throw new Error("nothing to pick from")
      return item
    },
  }
}

const SPACES = [" ", "  ", "\n    ", "\t"]
const BETWEEN = ["", "\n", "\n\n\n  ", "  ", "<!-- a > b < c -->", "\n<!--\n note\n-->\n"]
const VALUES = [
  "x",
  "{$state.count}",
  "a {$state.count + 1} b",
  "{$state.items.map(i => '<' + i + '>').join(' > ')}",
  "&lt;b&gt; &#233;",
  "a && b",
  "",
]

/** A panel without mistakes of syntax: odd spacing, quotes, comments, references, handlers and texts. */
export function randomPanel(random: Random): string {
  const gap = () => random.pick(BETWEEN)
  const attribute = (name: string, value: string) => {
    const quote = value.includes('"') || (random.next(3) === 0 && !value.includes("'")) ? "'" : '"'
    return `${random.pick(SPACES)}${name}${random.pick(["=", " = ", "="])}${quote}${value}${quote}`
  }
  const element = (depth: number): string => {
    const kind = random.next(depth > 4 ? 4 : 7)
    const value = random.pick(VALUES)
    if (kind === 0) return `<Text${attribute("content", value)}${random.pick(["", " ", "\n"])}/>`
    if (kind === 1) return `<Metric${attribute("label", "L")}${attribute("value", value)}/>`
    if (kind === 2)
      return `<Markdown>${random.pick(["", "**b** &amp; c", "\n   # T\n\n     - a\n   b\n  ", "<![CDATA[ <raw> ]]>"])}</Markdown>`
    if (kind === 3)
      return `<Button${attribute("label", value)}${attribute("onClick", "add({ n: 1 }); $state.count = 2")}></Button>`
    const inside = Array.from({ length: random.next(4) }, () => gap() + element(depth + 1)).join("")
    if (kind === 4) return `<Container>${inside}${gap()}</Container>`
    if (kind === 5) return `<If${attribute("test", "{$state.count > 1 && true}")}>${inside}${gap()}</If>`
    return `<Each${attribute("items", "{$state.items}")}${attribute("as", "item")}${attribute("key", "{item}")}>${inside}</Each>`
  }
  const script = random.pick([
    "$state.count += 1",
    "\n      if ($state.count < 10 && true) {\n        $state.count += 1 // <b> &amp;\n      }\n    ",
    "\n const t = `\n   a\n  b`\n $log.info(t)\n",
    "<![CDATA[ $state.count = 1 ]]>",
  ])
  const view = Array.from({ length: 1 + random.next(5) }, () => gap() + element(0)).join("")
  return [
    `<NexusPanel${attribute("title", "T")}${attribute("version", "1.0.0")}>${gap()}<Data>${gap()}`,
    `<State${attribute("name", "count")}${attribute("type", "number")}/>${gap()}`,
    `<State${attribute("name", "items")}${attribute("type", "list")}${attribute("default", '["a", "b"]')}/></Data>`,
    `<Logic><Handler${attribute("name", "add")}>${script}</Handler>${gap()}</Logic>${gap()}<View>${view}${gap()}</View></NexusPanel>\n`,
  ].join("")
}

/** The source with one stretch removed, doubled or replaced by marks that mean something to a parser. */
export function damaged(source: string, random: Random): string {
  const at = random.next(source.length)
  const length = 1 + random.next(12)
  const piece = source.slice(at, at + length)
  const other = random.pick([
    "",
    piece + piece,
    "<",
    ">",
    '"',
    "{",
    "}",
    "</",
    "<!--",
    "<![CDATA[",
    "]]>",
    "&x;",
    "<Text",
    "/>",
    "\u0000",
    "é",
    "$state.",
  ])
  return source.slice(0, at) + other + source.slice(at + length)
}
