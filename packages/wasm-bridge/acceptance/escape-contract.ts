import { describe, expect, it } from "vitest"
import type { Sandbox } from "../src/index.ts"
import { describeOutcome, runRequest, TIGHT } from "./run-request.ts"

interface Escape {
  readonly name: string
  readonly source: string
  readonly value: unknown
}

const wayOut = (name: string, source: string, value: unknown): Escape => ({ name, source, value })

/** Whether a global is one that only a host has. */
const HOST = "['process', 'require', 'module', 'fetch', 'Buffer', 'WebAssembly', 'Worker', 'std', 'os', 'scriptArgs']"

/** The ways out of other sandboxes, and what each finds here. */
const escapes = [
  wayOut(
    "every kind of function constructor makes code of the same world",
    `const makers = [function () {}, async function () {}, function* () {}, async function* () {}].map((f) => f.constructor)
    const worlds = [makers[0]("return globalThis")(), await makers[1]("return globalThis")(), makers[2]("yield globalThis")().next().value,
      (await makers[3]("yield globalThis")().next()).value]
    return worlds.every((world) => world === globalThis && ${HOST}.every((name) => typeof world[name] === "undefined"))`,
    true,
  ),
  wayOut(
    "an error thrown by the prelude is one of the handler's own",
    "try { nexus.sleep('never') } catch (error) { return [error instanceof Error, error.constructor.constructor === Function] }",
    [true, true],
  ),
  wayOut(
    "a stack overflow throws an error of the handler's own",
    "const f = () => f()\ntry { f() } catch (error) { return error.constructor.constructor === Function }",
    true,
  ),
  wayOut(
    "prepareStackTrace is shown no frame with anything of the host in it",
    `const seen = []
    Error.prepareStackTrace = (error, frames) => { seen.push(...frames); return "mine" }
    String(new Error("x").stack)
    return seen.length > 0 && seen.every((frame) => {
      const that = frame.getThis?.()
      return that === undefined || that === globalThis
    })`,
    true,
  ),
  wayOut(
    "a stack names no path of the machine",
    "try { null.x } catch (error) { return /node_modules|file:|\\/(home|work|tmp|usr)\\/|\\.[jt]s/.test(error.stack) }",
    false,
  ),
  wayOut(
    "no environment, version or machine is told inside",
    "return [typeof navigator, typeof process, typeof Deno, typeof location, typeof __dirname].join()",
    "undefined,undefined,undefined,undefined,undefined",
  ),
  wayOut(
    "Symbol.species of promises and arrays yields the handler's own objects",
    `const seen = []
    class Mine extends Promise { constructor(run) { super((yes, no) => { seen.push(yes, no); run(yes, no) }) } }
    await Mine.resolve(1).then(() => 2)
    class List extends Array { static get [Symbol.species]() { return function () { return seen } } }
    List.from([Function]).map((item) => item)
    return seen.length > 0 && seen.every((value) => value.constructor === Function)`,
    true,
  ),
  wayOut(
    "a buffer that is detached has no bytes left",
    "const buffer = new ArrayBuffer(8), view = new Uint8Array(buffer)\nbuffer.transfer(16)\nreturn [view.length, view[0] ?? null]",
    [0, null],
  ),
  wayOut(
    "a generator closed in the middle and a finally that returns stay inside",
    "function* g() { try { yield 1 } finally { yield 2 } }\nconst walk = g()\nwalk.next(); walk.return(5)\n" +
      "return (() => { try { throw 1 } finally { return walk.next().value } })()",
    5,
  ),
  wayOut(
    "code cannot leave strict mode by a with statement but in its own world",
    "return new Function('with ({}) { return typeof constructor.constructor(\"return process\") }')()",
    "function",
  ),
]

/** Known faults of the interpreter's memory: whatever becomes of the run, the next one is whole. */
const faults: readonly Omit<Escape, "value">[] = [
  {
    name: "a typed array that shrinks while it is sorted",
    source: `const buffer = new ArrayBuffer(256, { maxByteLength: 2560 }), bytes = new Uint8Array(buffer)
    for (let i = 0; i < 255; i++) bytes[i] = i
    let count = 0
    bytes.sort((a, b) => { if (++count === 1734) buffer.resize(10); return a - b })`,
  },
  {
    name: "an iterator that is closed while it is joined to another",
    source: `let it
    it = Iterator.concat({ [Symbol.iterator]() { it.return(); return [][Symbol.iterator]() } })
    it.next()`,
  },
  {
    name: "an async generator that is entered again through a then getter",
    source: `async function* g() { yield 1; await 0; yield 2 }
    const it = g()
    let inside = false
    Object.defineProperty(Object.prototype, "then", { configurable: true, get() {
      if (inside) return undefined
      inside = true; it.return(0); it.next(1); inside = false
    } })
    it.next(); it.next()
    for (let i = 0; i < 20; i++) await 0`,
  },
]

export function knownEscapesFindNothing(sandbox: () => Sandbox): void {
  describe("the ways out of other sandboxes lead nowhere", () => {
    for (const { name, source, value } of escapes) {
      it(name, async () => {
        const outcome = await sandbox().run(runRequest(source))
        expect(outcome, describeOutcome(outcome)).toMatchObject({ status: "finished", value })
      })
    }
  })

  describe("a fault in the interpreter's memory stays in the run that made it", () => {
    for (const { name, source } of faults) {
      it(name, async () => {
        await sandbox().run(runRequest(source, { limits: TIGHT }))
        const next = await sandbox().run(runRequest("return [$args.a, [3, 1, 2].sort(), typeof {}.then]"))
        expect(next, describeOutcome(next)).toMatchObject({ status: "finished", value: [1, [1, 2, 3], "undefined"] })
      })
    }
  })
}
