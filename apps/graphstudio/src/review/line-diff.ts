/** One line of a difference between two texts. */
export interface DiffLine {
  readonly kind: "same" | "added" | "removed"
  readonly text: string
}

/** Or a run of lines that are the same and far from any difference. */
export type DiffRow = DiffLine | { readonly kind: "skipped"; readonly lines: number }

const CONTEXT = 3

/**
 * The lines by which `after` differs from `before`: a longest common subsequence between what the two texts do not
 * share at their ends. Panels are short; quadratic in the middle part is enough, and exact.
 */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = before.split("\n")
  const b = after.split("\n")
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1
  const same = (text: string): DiffLine => ({ kind: "same", text })
  return [
    ...a.slice(0, start).map(same),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map(same),
  ]
}

function middle(a: readonly string[], b: readonly string[]): DiffLine[] {
  const width = b.length + 1
  const lengths = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const lines: DiffLine[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]]
    if (left !== undefined && left === right) {
      lines.push({ kind: "same", text: left })
      i += 1
      j += 1
    } else if (left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: "removed", text: left })
      i += 1
    } else {
      lines.push({ kind: "added", text: right ?? "" })
      j += 1
    }
  }
  return lines
}

/** The difference with what is far from it folded away. */
export function foldDiff(lines: readonly DiffLine[]): DiffRow[] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ kind }) => kind !== "same"),
  )
  const rows: DiffRow[] = []
  for (const [index, line] of lines.entries()) {
    const last = rows.at(-1)
    if (near[index]) rows.push(line)
    else if (last?.kind === "skipped") rows[rows.length - 1] = { kind: "skipped", lines: last.lines + 1 }
    else rows.push({ kind: "skipped", lines: 1 })
  }
  return rows
}
