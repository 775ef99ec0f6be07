import type { Diagnostic, DiagnosticCode, Range } from "@nexus/protocol"

const WARNINGS: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>([
  "unused-state",
  "unused-handler",
  "missing-key",
  "missing-label",
  "unknown-member",
  "unknown-method",
  "wrong-operand",
])

/** More findings than anyone reads; what comes later is not collected. */
const MOST = 1000

export interface Advice {
  readonly hint?: string
  /** Replaces the stretch of the problem itself unless it says another. */
  readonly fix?: { readonly text: string; readonly label: string; readonly offset?: number; readonly length?: number }
}

/** Collects what is wrong with one source and turns offsets into lines. Document order, at most one of the same. */
export class Problems {
  readonly source: string
  readonly #found: Diagnostic[] = []
  #starts: Int32Array | undefined
  /** The line of the last answer: readers go forward, so the next is near. */
  #line = 0

  constructor(source: string) {
    this.source = source
  }

  add(code: DiagnosticCode, offset: number, length: number, message: string, advice: Advice = {}): void {
    if (this.#found.length >= MOST) return
    const range = this.range(offset, Math.max(0, Math.min(length, this.source.length - offset)))
    const { hint, fix } = advice
    this.#found.push({
      code,
      severity: WARNINGS.has(code) ? "warning" : "error",
      message,
      range,
      ...(hint === undefined ? {} : { hint }),
      ...(fix === undefined
        ? {}
        : { fix: { offset: fix.offset ?? offset, length: fix.length ?? length, text: fix.text, label: fix.label } }),
    })
  }

  get size(): number {
    return this.#found.length
  }

  list(): readonly Diagnostic[] {
    const seen = new Set<string>()
    return this.#found
      .sort((a, b) => a.range.offset - b.range.offset)
      .filter(({ code, range, message }) => {
        const key = `${code}@${range.offset} ${message}`
        if (seen.has(key)) return false
        seen.add(key)
        return true
      })
  }

  range(offset: number, length: number): Range {
    this.#starts ??= lineStarts(this.source)
    const starts = this.#starts
    let low = this.#line
    if ((starts[low] ?? 0) > offset) low = lineAt(starts, offset, low)
    else
      for (let near = 0; (starts[low + 1] ?? Number.POSITIVE_INFINITY) <= offset; low++)
        if (++near > 8) {
          low = lineAt(starts, offset, starts.length)
          break
        }
    this.#line = low
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1, offset, length }
  }
}

/** The last of the first `count` lines that starts at or before `offset`. */
function lineAt(starts: Int32Array, offset: number, count: number): number {
  let low = 0
  let high = count - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

function lineStarts(source: string): Int32Array {
  let starts = new Int32Array(1024)
  let count = 1
  for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at)) {
    // Empty lines follow one another; a search for each would cost more than looking.
    do {
      if (count === starts.length) {
        const longer = new Int32Array(2 * count)
        longer.set(starts)
        starts = longer
      }
      starts[count++] = ++at
    } while (source.charCodeAt(at) === 10)
  }
  return starts.subarray(0, count)
}
