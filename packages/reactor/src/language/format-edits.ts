import { applyEdits, type TextEdit } from "../text/text-edit.ts"

/**
 * The changes that turn `before` into the same text laid out anew, with the newlines that it has: only stretches of space
 * differ, and `></Name>` that became `/>`. Walking both texts at once finds the least change in one pass; a difference
 * of another kind makes one change of the rest.
 */
export function layoutEdits(before: string, laidOut: string): TextEdit[] {
  const after = /\r?\n/.exec(before)?.[0] === "\r\n" ? laidOut.replace(/\r?\n/g, "\r\n") : laidOut
  const edits: TextEdit[] = []
  let at = 0
  let to = 0
  const put = (atEnd: number, toEnd: number) => {
    const [old, text] = [before.slice(at, atEnd), after.slice(to, toEnd)]
    if (old !== text) edits.push({ offset: at, length: old.length, text })
    at = atEnd
    to = toEnd
  }
  while (at < before.length || to < after.length) {
    const spaces = [spaceEnd(before, at), spaceEnd(after, to)] as const
    if (spaces[0] > at || spaces[1] > to) put(...spaces)
    else if (before.charAt(at) === after.charAt(to)) {
      at++
      to++
    } else {
      const closed = after.startsWith("/>", to)
        ? /^><\/[\w.:-]+\s*>|^>\s+<\/[\w.:-]+\s*>/.exec(before.slice(at, at + 400))
        : null
      if (closed === null) put(before.length, after.length)
      else put(at + closed[0].length, to + 2)
    }
  }
  return applyEdits(before, edits) === after ? edits : [{ offset: 0, length: before.length, text: after }]
}

function spaceEnd(text: string, from: number): number {
  let end = from
  for (let code = text.charCodeAt(end); code === 32 || code === 10 || code === 13 || code === 9; )
    code = text.charCodeAt(++end)
  return end
}
