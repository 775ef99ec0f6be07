import { parse as parseCel } from "@marcbachmann/cel-js"
import { compileBinding, type Scope } from "@nexus/reactor"
import type { Claim, Contender, Goal } from "./measure.ts"

/**
 * The value of an expression, worked out again after the state it reads has changed. `one` is one expression, compiled
 * eight times so that no loop can be built around it; `ten` are ten different ones in turn, which is what a panel does and
 * where an engine can inline nothing. `new Function` is what expressions must do without: it needs `unsafe-eval` and
 * reaches everything. cel-js is the fastest library found that does without it too and lets nothing out: jexl, jse-eval,
 * expr-eval-fork and sval hand out functions or prototypes, and angular-expressions takes ten times as long as cel-js.
 */
type Kind = "arithmetic" | "ternary" | "lambda"

const TEN: { readonly [kind in Kind]: readonly string[] } = {
  arithmetic: [
    "$state.a * 2 + $state.b / 3 - 1",
    "($state.price + $state.tax) * $state.count",
    "$state.total / $state.count * 100",
    "$state.a - $state.b * ($state.count - 1)",
    "-$state.a + $state.b",
    "1 + $state.count",
    "$state.width * $state.height / 2",
    "($state.celsius * 9) / 5 + 32",
    "$state.a % 7 + $state.b % 5",
    "$state.seconds / 60 - $state.minutes",
  ],
  ternary: [
    "$state.count > 3 ? 'many' : $state.count > 1 ? 'some' : 'none'",
    "$state.done ? 'Done' : 'Open'",
    "$state.count === 0 ? 'nothing' : $state.count",
    "$state.a > $state.b ? $state.a : $state.b",
    "$state.name === 'Ada' && $state.done ? 1 : 2",
    "!$state.done ? $state.a : $state.b",
    "$state.total >= 100 ? 'free' : 'paid'",
    "$state.mode === 'dark' ? 'moon' : $state.mode === 'light' ? 'sun' : 'auto'",
    "$state.count < $state.total ? 'left' : 'none'",
    "$state.a > 0 ? $state.a * 2 : 0",
  ],
  lambda: [
    "$state.items.filter(i => !i.done).length",
    "$state.items.map(i => i.title)",
    "$state.items.reduce((total, i) => total + i.price * i.count, 0)",
    "$state.items.some(i => i.price > 90)",
    "$state.items.every(i => i.count > 0)",
    "$state.items.find(i => i.id === 25)",
    "$state.items.filter(i => i.price > 20 && !i.done).map(i => i.title)",
    "$state.items.findIndex(i => i.title === 'x')",
    "$state.items.map((i, index) => index + i.price)",
    "$state.items.filter(i => i.tag === $state.mode).length",
  ],
}

/** The first of each kind as cel-js writes it. */
const CEL: { readonly [kind in Kind]: string } = {
  arithmetic: "state.a * 2.0 + state.b / 3.0 - 1.0",
  ternary: "state.count > 3.0 ? 'many' : state.count > 1.0 ? 'some' : 'none'",
  lambda: "state.items.filter(i, !i.done).size()",
}

const BATCH: { readonly [kind in Kind]: number } = { arithmetic: 400, ternary: 400, lambda: 8 }

function makeState() {
  return {
    a: 7,
    b: 9,
    price: 12.5,
    tax: 2.5,
    count: 4,
    total: 77,
    width: 3,
    height: 8,
    celsius: 21,
    seconds: 360,
    minutes: 3,
    done: false,
    name: "Ada",
    mode: "light",
    items: Array.from({ length: 50 }, (_, id) => ({
      id,
      title: `Item ${id}`,
      done: id % 3 === 0,
      price: id * 1.5,
      count: 1 + (id % 4),
      tag: id % 2 === 0 ? "light" : "dark",
    })),
  }
}

type Evaluate = (scope: Scope) => unknown

/** A batch: the state changes, then every expression is worked out, again and again. */
function contender(kind: Kind, expressions: readonly Evaluate[], rootOf: (state: object) => Scope): Contender {
  const state = makeState()
  const scope = rootOf(state)
  const rounds = BATCH[kind]
  let last: unknown
  const run = () => {
    for (let round = 0; round < rounds; round++) {
      state.a = round & 15
      state.count = round & 7
      state.price = (round & 7) * 1.5
      state.done = (round & 1) === 0
      for (const evaluate of expressions) last = evaluate(scope)
    }
    return { last }
  }
  return { run, warmups: 300, samples: 400 }
}

/** The same expression eight times over, as different texts. */
function eightTimes(text: string): string[] {
  return Array.from({ length: 8 }, (_, index) => text + " ".repeat(index))
}

const native = (text: string) => new Function("scope", `const { $state } = scope; return (${text})`) as Evaluate
const ours = (text: string) => compileBinding(`{${text}}`)
const asScope = (state: object): Scope => ({
  $state: state,
  $computed: {},
  $imports: {},
  $panel: { title: "Measured" },
})

const contenders: { [name: string]: () => Contender } = {}
const claims: Claim[] = []
for (const kind of ["arithmetic", "ternary", "lambda"] as const) {
  const [first = ""] = TEN[kind]
  const texts = { one: eightTimes(first), ten: TEN[kind] }
  for (const [size, list] of Object.entries(texts)) {
    const name = `${kind}, ${size}`
    contenders[name] = () => contender(kind, checked(list).map(ours), asScope)
    contenders[`new Function: ${name}`] = () => contender(kind, list.map(native), asScope)
    claims.push({ ours: name, peer: `new Function: ${name}`, timesSlower: kind === "lambda" ? 5 : 2 })
  }
  const cel = () => eightTimes(CEL[kind]).map((text) => parseCel(text) as unknown as Evaluate)
  contenders[`cel-js: ${kind}, one`] = () => contender(kind, cel(), (state) => ({ state }))
  claims.push({ ours: `${kind}, one`, peer: `cel-js: ${kind}, one`, timesFaster: 8 })
}

/** Both must come to the same, or the race means nothing. */
function checked(texts: readonly string[]): readonly string[] {
  const scope = asScope(makeState())
  for (const text of texts)
    if (JSON.stringify(ours(text)(scope)) !== JSON.stringify(native(text)(scope))) throw new Error(`${text} differs`)
  return texts
}

export const goal: Goal = {
  id: "R3",
  what: "an expression worked out again after a change",
  contenders,
  claims,
  rounds: 3,
}
