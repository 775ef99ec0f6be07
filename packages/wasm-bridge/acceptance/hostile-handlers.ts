import type { FailureCode } from "@nexus/protocol"

/**
 * Handlers that mean harm, by name. Each says how it may end: a failure code, or "finished" where the attack simply
 * has no effect. Several codes stand where it is the machine's speed that decides which wall is hit first.
 */
export interface HostileHandler {
  readonly name: string
  readonly source: string
  readonly ends: readonly (FailureCode | "finished")[]
}

const TIME = ["handler-timeout"] as const
const MEMORY = ["handler-memory", "handler-timeout"] as const
const STACK = ["handler-failed"] as const
const TIME_OR_THROWN = ["handler-timeout", "handler-failed", "handler-memory"] as const

const hostile = (name: string, source: string, ends: HostileHandler["ends"]): HostileHandler => ({ name, source, ends })

/** Every method of every built-in object becomes one that throws. */
const CHANGES_EVERYTHING = `
  const boom = () => { throw new Error("mine") }
  const all = Reflect.ownKeys(globalThis).map((name) => globalThis[name]).filter((value) => typeof value === "function")
  const { apply, ownKeys, getOwnPropertyDescriptor, defineProperty } = Reflect
  const length = all.length
  for (let index = 0; index < length; index += 1) {
    for (let side = 0; side < 2; side += 1) {
      const holder = side === 0 ? all[index] : all[index].prototype
      if (holder === null || holder === undefined) continue
      const names = ownKeys(holder)
      for (let at = 0; at < names.length; at += 1) {
        const { value, configurable } = getOwnPropertyDescriptor(holder, names[at])
        if (typeof value === "function" && configurable) defineProperty(holder, names[at], { value: boom })
      }
    }
  }`

const RESIZED = `
  const buffer = new ArrayBuffer(4096, { maxByteLength: 8192 }), bytes = new Uint8Array(buffer)
  const index = { valueOf() { buffer.resize(0); return 0 } }
  for (let round = 0; round < 1e5; round += 1) { buffer.resize(4096); bytes.copyWithin(index, 1, 4000); bytes.fill(1, index) }`

const GROWN = `
  const list = [1]
  class Grows extends Array { static get [Symbol.species]() { return function () { list.push(1, 2); return list } } }
  const grows = Grows.from(list)
  for (;;) grows.map((item) => { list.push(item); return [item] })`

const REENTERED = `
  function* g() { try { yield it.next() } catch (error) { yield it.throw(error) } finally { it.return() } }
  const it = g()
  return [it.next(), it.next()].length`

const loops = [
  hostile("an empty endless loop", "for(;;){}", TIME),
  hostile("an endless loop after an await", "await 0\nfor(;;){}", TIME),
  hostile("an endless loop of awaits", "for(;;) await 0", TIME),
  hostile("an endless loop of caught errors", "for(;;){ try { throw 1 } catch {} }", TIME),
  hostile("a loop that catches its own interruption", "for(;;){ try { for(;;){} } catch {} }", TIME),
  hostile("a loop in a finally block", "try { for(;;){} } finally { for(;;){} }", TIME),
  hostile("an endless generator", "function* g(){ for(;;) yield 1 }\nfor (const x of g());", TIME),
  hostile("an endless async generator", "async function* g(){ for(;;) yield 1 }\nfor await (const x of g());", TIME),
  hostile("a promise that follows itself for ever", "const f = () => Promise.resolve().then(f); await f()", MEMORY),
  hostile(
    "a microtask that queues itself",
    "const f = () => queueMicrotask(f); f(); await new Promise(() => {})",
    TIME,
  ),
  hostile(
    "microtasks that double",
    "const f = () => { queueMicrotask(f); queueMicrotask(f) }; f(); await new Promise(() => {})",
    MEMORY,
  ),
  hostile("a thenable that never answers but loops", "await { then() { for(;;){} } }", TIME),
  hostile("a thenable that resolves with itself", "await { then(resolve) { resolve(this) } }", MEMORY),
  hostile("Promise.all over an endless iterable", "await Promise.all((function*(){ for(;;) yield 0 })())", MEMORY),
  hostile("an endless loop outside the handler's braces", "});for(;;){};(async function(){", TIME),
  hostile("an endless sort comparison", "[3,2,1].sort(() => { for(;;){} })", TIME),
  hostile("an endless replace callback", "'a'.replace(/a/, () => { for(;;){} })", TIME),
  hostile("an endless iterator in a spread", "[...{ *[Symbol.iterator]() { for(;;) yield 1 } }]", MEMORY),
  hostile(
    "an endless iterator that yields nothing",
    "for (const x of { [Symbol.iterator]: () => ({ next: () => ({}) }) });",
    TIME,
  ),
  hostile(
    "a finalization registry that loops",
    "const r = new FinalizationRegistry(() => { for(;;){} }); for(;;) r.register({}, 1)",
    MEMORY,
  ),
]

const slowNatives = [
  hostile("a quadratic indexOf", "return 'a'.repeat(2e6).indexOf('a'.repeat(1e6) + 'c')", TIME),
  hostile("a quadratic lastIndexOf", "return 'a'.repeat(2e6).lastIndexOf('a'.repeat(1e6) + 'c')", TIME),
  hostile("a quadratic includes", "return 'a'.repeat(2e6).includes('a'.repeat(1e6) + 'c')", TIME),
  hostile("a regular expression that backtracks", "/^(a+)+$/.test('a'.repeat(40) + 'b')", TIME),
  hostile("a regular expression with overlapping runs", "/(x+x+)+y/.test('x'.repeat(60))", TIME),
  hostile("join of an array-like of 2^53", "Array.prototype.join.call({ length: 2**53 - 1 })", TIME_OR_THROWN),
  hostile("reverse of an array-like of 2^53", "Array.prototype.reverse.call({ length: 2**53 - 1 })", TIME),
  hostile("copyWithin of an array-like of 2^53", "Array.prototype.copyWithin.call({ length: 2**53 - 1 }, 0, 1)", TIME),
  hostile("indexOf of an array-like of 2^53", "Array.prototype.indexOf.call({ length: 2**53 - 1 }, 1)", TIME),
  hostile("lastIndexOf of an array-like of 2^53", "Array.prototype.lastIndexOf.call({ length: 2**53 - 1 }, 1)", TIME),
  hostile("fill of an array-like of 2^53", "Array.prototype.fill.call({ length: 2**53 - 1 }, 0)", MEMORY),
  hostile("includes of an array-like of 2^53", "Array.prototype.includes.call({ length: 2**53 - 1 }, 1)", TIME),
  hostile("every of an array-like of 2^53", "Array.prototype.every.call({ length: 2**53 - 1 }, () => true)", TIME),
  hostile("shift of an array-like of 2^53", "Array.prototype.shift.call({ length: 2**53 - 1 })", TIME),
  hostile("splice of an array-like of 2^53", "Array.prototype.splice.call({ length: 2**53 - 2 }, 0, 0, 1)", TIME),
  hostile("unshift on a sparse array", "const a = []; a.length = 2**32 - 2; a[5] = 1; a.unshift(1)", TIME_OR_THROWN),
  hostile("sort of a sparse array", "const a = []; a.length = 2**32 - 1; a.sort()", [...TIME_OR_THROWN, "finished"]),
  hostile("concat of sparse arrays", "const a = []; a.length = 2**31; a[0] = 1; [].concat(a, a, a)", TIME_OR_THROWN),
  hostile("flat of a sparse array", "const a = []; a.length = 2**32 - 1; a.flat()", TIME),
  hostile("a loop of typed array fills", "const b = new Uint8Array(8e6); for(;;) b.fill(1)", TIME),
  hostile(
    "a loop of typed array sets",
    "const b = new Uint8Array(8e6), c = new Uint8Array(8e6); for(;;) b.set(c)",
    TIME,
  ),
  hostile("a loop of typed array indexOf", "const b = new Uint8Array(8e6); for(;;) b.indexOf(1)", TIME),
  hostile("a loop of typed array copyWithin", "const b = new Uint8Array(8e6); for(;;) b.copyWithin(0, 1)", TIME),
  hostile("a loop of typed array sorts", "const b = new Float64Array(1e6); for(;;) { b.reverse(); b.sort() }", TIME),
  hostile("a BigInt that squares itself", "let x = 3n; for(;;) x *= x", TIME_OR_THROWN),
  hostile("the decimal text of a huge BigInt", "return (3n ** 2000000n).toString().length", TIME_OR_THROWN),
  hostile("a string compared for ever", "const a = 'a'.repeat(4e6), b = 'a'.repeat(4e6) + ''; for(;;) a < b", TIME),
  hostile("normalize in a loop", "const s = '\\u1E9B\\u0323'.repeat(1e5); for(;;) s.normalize('NFKD')", TIME_OR_THROWN),
]

const memory = [
  hostile("an array that grows for ever", "const a = []; for(;;) a.push(new Array(1e4).fill(1))", MEMORY),
  hostile("a string that doubles", "let s = 'x'; for(;;) s += s", TIME_OR_THROWN),
  hostile("a string of half a gigabyte", "return 'x'.repeat(2**29).length", TIME_OR_THROWN),
  hostile("a buffer of a gigabyte", "return new ArrayBuffer(2**30).byteLength", TIME_OR_THROWN),
  hostile("buffers without end", "const a = []; for(;;) a.push(new ArrayBuffer(1e6))", MEMORY),
  hostile("a map that grows for ever", "const m = new Map(); for (let i = 0;; i++) m.set(i, {})", MEMORY),
  hostile("a set of objects that grows for ever", "const s = new Set(); for(;;) s.add({})", MEMORY),
  hostile("closures without end", "let f = () => 0; for(;;) { const g = f; f = () => g }", MEMORY),
  hostile("property names without end", "const o = {}; for (let i = 0;; i++) o['k' + i] = i", MEMORY),
  hostile("symbols without end", "const a = []; for(;;) a.push(Symbol('x'))", MEMORY),
  hostile("a filled array of 2^32", "return new Array(2**32 - 1).fill(0).length", MEMORY),
  hostile("Array.from of 2^32", "return Array.from({ length: 2**32 - 1 }).length", TIME_OR_THROWN),
  hostile("a spread of a hundred million", "return [...Array(1e8)].length", MEMORY),
  hostile("an argument list of ten million", "return Math.max(...new Array(1e7).fill(1))", TIME_OR_THROWN),
  hostile(
    "a replacement that multiplies",
    "return 'a'.repeat(1e5).replaceAll('a', 'b'.repeat(1e5)).length",
    TIME_OR_THROWN,
  ),
  hostile("a padStart of a billion", "return 'a'.padStart(1e9).length", TIME_OR_THROWN),
  hostile("a split into millions", "return 'a'.repeat(2e7).split('').length", MEMORY),
  hostile(
    "running out of memory again and again",
    "const a = []; for(;;) { try { a.push(new Array(1e5).fill(a)) } catch {} }",
    MEMORY,
  ),
  hostile("pending promises without end", "const a = []; for(;;) a.push(new Promise(() => {}))", MEMORY),
  hostile("a rope of strings", "let s = ''; for (let i = 0;; i++) s = 'ab' + s + i", MEMORY),
]

const depth = [
  hostile("deep recursion", "(function f() { return f() + 1 })()", STACK),
  hostile("deep recursion through a getter", "const o = { get x() { return this.x } }; o.x", STACK),
  hostile("deep recursion through a proxy", "const p = new Proxy({}, { get: (t, k, r) => r[k] }); p.x", STACK),
  hostile("deep recursion through toString", "const o = { toString() { return '' + o } }; '' + o", STACK),
  hostile(
    "a chain of a hundred thousand proxies",
    "let p = {}; for (let i = 0; i < 1e5; i++) p = new Proxy(p, {}); p.x",
    TIME_OR_THROWN,
  ),
  hostile(
    "a chain of a hundred thousand bound functions",
    "let f = () => 1; for (let i = 0; i < 1e5; i++) f = f.bind(null); f()",
    TIME_OR_THROWN,
  ),
  hostile(
    "a deeply nested array as text",
    "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; String(a)",
    TIME_OR_THROWN,
  ),
  hostile(
    "a deeply nested array as JSON",
    "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; JSON.stringify(a)",
    TIME_OR_THROWN,
  ),
  hostile("a deeply nested JSON text", "JSON.parse('['.repeat(1e6))", TIME_OR_THROWN),
  hostile("a deeply nested script", "eval('['.repeat(1e5))", TIME_OR_THROWN),
  hostile("a deeply nested function body", "new Function('{'.repeat(1e5))", TIME_OR_THROWN),
  hostile("a regular expression of many groups", "new RegExp('('.repeat(1e5) + ')'.repeat(1e5))", TIME_OR_THROWN),
  hostile("a regular expression with huge counts", "/(?:(?:a{1,1000}){1,1000}){1,1000}b/.test('a'.repeat(50))", [
    ...TIME_OR_THROWN,
    "finished",
  ]),
  hostile(
    "a parser bomb as the handler's own text",
    `return ${"(".repeat(20_000)}1${")".repeat(20_000)}`,
    TIME_OR_THROWN,
  ),
  hostile("a deeply nested result", "let a = []; for (let i = 0; i < 2000; i++) a = [a]; return a", [
    "too-large",
    "handler-failed",
  ]),
  hostile("an error that causes itself", "const e = new Error('x'); e.cause = e; throw e", STACK),
]

const results = [
  hostile("a result with an endless getter", "return { get a() { for(;;){} } }", TIME),
  hostile("a result that is a proxy with an endless trap", "return new Proxy({}, { ownKeys() { for(;;){} } })", TIME),
  hostile("a result whose toJSON throws", "return { toJSON() { throw new Error('no') } }", STACK),
  hostile("a result that contains itself", "const a = {}; a.a = a; return a", STACK),
  hostile("a result of two megabytes", "return 'x'.repeat(2e6)", ["too-large"]),
  hostile("a sparse result of 2^32", "const a = []; a.length = 2**32 - 1; return a", MEMORY),
  hostile("a BigInt result", "return 1n", STACK),
  hostile("a giant error message", "throw new Error('x'.repeat(1e6))", STACK),
  hostile(
    "an error with an endless message",
    "class E extends Error { get message() { for(;;){} } }\nthrow new E()",
    TIME,
  ),
  hostile(
    "an error whose stack is a bomb",
    "const e = new Error('x'); e.stack = 'at handler (handler:1:1)\\n'.repeat(1e5); throw e",
    STACK,
  ),
  hostile("nothing, thrown", "throw undefined", STACK),
  hostile("null, thrown", "throw null", STACK),
  hostile("a symbol, thrown", "throw Symbol('x')", STACK),
  hostile("a proxy, thrown", "throw new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 2 } })", STACK),
  hostile("a promise that never settles", "await new Promise(() => {})", STACK),
]

const floods = [
  hostile("emits without end", "for(;;) $emit('x', 'y'.repeat(1000))", ["too-large"]),
  hostile("logs without end", "for(;;) console.log('y'.repeat(1000))", ["too-large"]),
  hostile("caught emits without end", "for(;;) { try { $emit('x', 'y'.repeat(1000)) } catch {} }", [
    "handler-timeout",
    "too-large",
  ]),
  hostile("host calls without end", "for(;;) nexus.kv.get('s', 'k')", ["quota-exceeded"]),
  hostile("host calls of great size", "for(;;) nexus.kv.set('s', 'k', 'x'.repeat(1e5))", [
    "too-large",
    "quota-exceeded",
  ]),
  hostile("a state of great size", "$state.title = 'x'.repeat(2e6)", ["too-large"]),
  hostile("a state that contains itself", "$state.items[0] = $state", STACK),
  hostile("state writes without end", "for(;;) $state.count += 1", ["too-large", "handler-timeout"]),
]

const escapes = [
  hostile("modules", "return (await import('node:fs')).readFileSync", STACK),
  hostile("std and os modules", "return (await import('std')).loadFile('/etc/passwd')", STACK),
  hostile("blocking on shared memory", "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)", STACK),
  hostile(
    "names of Node",
    "return [typeof process, typeof require, typeof fetch, typeof setTimeout, typeof Buffer, typeof WebAssembly].join()",
    ["finished"],
  ),
  hostile(
    "the constructor of the prelude's functions",
    "return typeof nexus.kv.get.constructor('return this')().process",
    ["finished"],
  ),
  hostile("replacing what the prelude gives", "$state = 1", STACK),
  hostile(
    "a setter under every array's first item",
    "Object.defineProperty(Array.prototype, 0, { set() { throw 1 } })\n$emit('x', { a: 1 })",
    STACK,
  ),
  hostile("a toJSON under every object", "Object.prototype.toJSON = () => 1\n$state.count = 3", STACK),
  hostile("adding to the prelude's namespaces", "nexus.kv.get = () => 'mine'", STACK),
  hostile("changing everything that the prelude took", CHANGES_EVERYTHING, ["finished"]),
  hostile(
    "every value that crosses is a proxy of getters",
    `const trap = new Proxy({}, { get: (_, key) => { throw new Error(String(key)) }, has: () => true, ownKeys: () => ["a"] })
    for (const say of [() => $emit("x", trap), () => $log.info(trap), () => $view.toast(trap), () => { $state.title = trap }, () => nexus.kv.set("s", "k", trap)])
      try { say() } catch {}
    return { toJSON: () => trap }`,
    STACK,
  ),
  hostile(
    "shared memory that grows",
    "const b = new SharedArrayBuffer(8, { maxByteLength: 2**31 }); b.grow(2**31)",
    STACK,
  ),
  hostile(
    "shared memory spun on",
    "const a = new Int32Array(new SharedArrayBuffer(4)); while (Atomics.load(a, 0) === 0);",
    ["handler-timeout", "handler-failed"],
  ),
  hostile(
    "weak references held against the collector",
    "const refs = []; for (;;) { const o = { big: new Array(1e4).fill(0) }; refs.push(new WeakRef(o)); refs.at(-1).deref() }",
    MEMORY,
  ),
  hostile(
    "a weak map of its own keys",
    "const m = new WeakMap(); let k = {}; for (;;) { const next = {}; m.set(k, next); m.set(next, k); k = next }",
    MEMORY,
  ),
  hostile("a resizable buffer pulled away while it is copied", RESIZED, [...TIME_OR_THROWN, "finished"]),
  hostile("a species that grows the list that is mapped", GROWN, MEMORY),
  hostile("a generator that throws itself in again", REENTERED, [...STACK, "finished"]),
  hostile("a result with a property __proto__ of its own", "return JSON.parse('{\"__proto__\": 1}')", ["finished"]),
  hostile("a handler's text that closes the function around it", "}) ; globalThis.left = 1 ; (async () => {", [
    ...STACK,
    "finished",
  ]),
]

export const hostileHandlers: readonly HostileHandler[] = [
  ...loops,
  ...slowNatives,
  ...memory,
  ...depth,
  ...results,
  ...floods,
  ...escapes,
]
