/**
 * What a worker's global object keeps. A guest sees none of it: it lives in the interpreter's memory, and only text
 * crosses. This is the wall behind that one. The worker's policy forbids every address, but not what the origin has
 * stored, nor its channels; so everything that is not named here is deleted before the first handler comes.
 */
const LANGUAGE = [
  ..."Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array Boolean DataView Date Error EvalError".split(" "),
  ..."FinalizationRegistry Float16Array Float32Array Float64Array Function Infinity Int16Array Int32Array".split(" "),
  ..."Int8Array Intl Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect".split(
    " ",
  ),
  ..."RegExp Set String Symbol SyntaxError TypeError URIError Uint16Array Uint32Array Uint8Array".split(" "),
  ..."Uint8ClampedArray WeakMap WeakRef WeakSet AggregateError SuppressedError globalThis undefined".split(" "),
  ..."decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape isFinite isNaN".split(" "),
  ..."parseFloat parseInt WebAssembly".split(" "),
]
const USED = [
  ..."self postMessage setTimeout performance crypto TextEncoder TextDecoder Blob Response".split(" "),
  ..."CompressionStream DecompressionStream addEventListener constructor".split(" "),
]
const KEPT = new Set([...LANGUAGE, ...USED])

/** Deletes every other global of this thread. */
export function giveUpPowers(): void {
  for (
    let scope: object | null = globalThis;
    scope && scope !== Object.prototype;
    scope = Object.getPrototypeOf(scope)
  ) {
    for (const name of Object.getOwnPropertyNames(scope)) if (!KEPT.has(name)) Reflect.deleteProperty(scope, name)
  }
}
