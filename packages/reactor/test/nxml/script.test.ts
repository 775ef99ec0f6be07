import { expect, test } from "vitest"
import { readQuickly } from "../../src/nxml/check/quick-script.ts"
import { analyseScript } from "../../src/nxml/check/script.ts"
import type { ScriptAnalysis } from "../../src/nxml/check/script-analysis.ts"
import { readWhole } from "../../src/nxml/check/whole-script.ts"
import { createRandom, type Random } from "./corpus.ts"

const HANDLERS = [
  `if (!$args.title) throw new Error("Say what")\n$state.items.push({ id: $id(), title: $args.title, done: false })`,
  `const reply = await nexus.http.fetch("https://prices.example.org/" + $args.title)\n$state.items.find(i => i.title === $args.title).price = reply.json().price`,
  `const { items, draft: d } = $state\nfor (const item of $state.items) { item.done = true; if (item.x) item.y++ }\nreturn items.filter((a, i) => a.b ?? i)`,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the handler's own
  "const t = `a ${$state.a} b`\n$log.info(t)\n$state['x'] = 1; $state[t] = 2\ndelete $state.items[0]",
  `const rows = (await nexus.db.query('select')).rows // c\n/* x */ Object.assign($state.o, { a: 1, ...rows, [t]: 2 })\nlet a = 1, b\nb = a ? -a : +b\n$state.n += a ** 2 - b % 3`,
  `const found = $state.items.find(({ id }) => id === $args.id)\nif (found) { found.done = !found.done } else return\n$state.list.sort((a, b) => a.n - b.n)\n$view.toast?.("x")`,
  `while ($state.n < 10) $state.n++\nconst keys = Object.keys($state.o).map(k => [k, $state.o[k]])\n$state.z = typeof a === "string" || a && b\nnexus.kv.set(\`k\${a}\`, {a, b})`,
  `const when = new Date($now()).toISOString().slice(0, 10)\n$state.x ??= []\n$state.x[$state.x.length - 1] = (a, b)\n$computed.total; $imports.stock?.[0]?.name`,
]
const PIECES =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a piece of one
  '( ) { } [ ] => = == + ++ - -- * ** / // /* */ ` ${ \' " \\ , ; : ? ?. ?? || && ! ... . \n let const await new return of in x $state $state.a 1 0 1. for( if( else throw typeof delete async function <!-- --> < é nexus.http.fetch( nexus .kv ={nexus} .call( __nexus_call( nexus["kv"] Object.assign( .push( item =>{ ({ }) __proto__: "use\u0020strict"'
    .split(/ /)
    .concat([" ", "\u2028", "'use strict'"])

function mutated(random: Random): string {
  let source = random.pick(HANDLERS)
  for (let step = random.next(4); step > 0; step--) {
    const at = random.next(source.length + 1)
    const piece = random.next(3) === 0 ? random.pick(HANDLERS).slice(0, random.next(30)) : random.pick(PIECES)
    source = source.slice(0, at) + piece + source.slice(at + random.next(8))
  }
  return source
}

function sorted({ error, uses, hostUses }: ScriptAnalysis) {
  return {
    error,
    uses: uses.map((use) => JSON.stringify(use)).sort(),
    hostUses: hostUses.toSorted((a, b) => a.at - b.at || a.length - b.length),
  }
}

test("what is read quickly is read as acorn reads it", () => {
  let quick = 0
  for (let seed = 1; seed <= 20_000; seed++) {
    const source = mutated(createRandom(seed))
    const read = readQuickly(source)
    if (read === undefined) continue
    quick++
    expect(sorted(read), `seed ${seed}: ${JSON.stringify(source)}`).toEqual(sorted(readWhole(source)))
  }
  expect(quick).toBeGreaterThan(5000)
})

test.each(HANDLERS)("a handler such as %s is read quickly", (source) => {
  expect(readQuickly(source)).toBeDefined()
})

test("what JavaScript refuses is an error of acorn's", () => {
  expect(analyseScript("const a = 1\nconst a = 2").error?.message).toContain("already been declared")
  expect(analyseScript("x => { await y }").error).toBeDefined()
  expect(analyseScript("a ?? b || c").error).toBeDefined()
})

test.each(["(", "[", "a+", "!", "x=>", "{", "f(", "`${"])(
  "nesting %j without end is an error, not an overflow",
  (piece) => {
    expect(analyseScript(piece.repeat(200_000)).error).toBeDefined()
  },
)

test("a sum of a hundred thousand parts is read, or refused for its depth", () => {
  expect(analyseScript(`${"a+".repeat(100_000)}a`)).toBeDefined()
})
