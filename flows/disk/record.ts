import { readFileSync } from "node:fs"

/** One thing that was done to the files below the shim's folder, in the order in which it was done. */
export type Done =
  | { readonly kind: "opened"; readonly handle: number; readonly name: string; readonly isNew: boolean }
  | { readonly kind: "written"; readonly handle: number; readonly at: number; readonly data: Buffer }
  | { readonly kind: "cutTo"; readonly handle: number; readonly length: number }
  | { readonly kind: "synced"; readonly handle: number; readonly ok: boolean }
  | { readonly kind: "folderSynced" }
  | { readonly kind: "removed"; readonly name: string }
  | { readonly kind: "renamed"; readonly from: string; readonly to: string }
  | { readonly kind: "folderMade"; readonly name: string }
  /** Written by the program itself: what it has promised somebody by now. */
  | { readonly kind: "said"; readonly text: string }

const HEADER = 24
const SAID = 100

/** Reads what `shim.c` and `createTeller` wrote. What was cut off at the end was never done. */
export function readRecord(path: string): Done[] {
  const bytes = readFileSync(path)
  const all: Done[] = []
  for (let at = 0; at + HEADER <= bytes.length; ) {
    const end = at + HEADER + bytes.readUInt32LE(at + 16)
    if (end > bytes.length) break
    all.push(doneOf(bytes.subarray(at, at + HEADER), bytes.subarray(at + HEADER, end)))
    at = end
  }
  return all
}

/** A record of the program's own, for a file opened for appending. */
export function saidRecord(text: string): Buffer {
  const body = Buffer.from(text)
  const header = Buffer.alloc(HEADER)
  header.writeUInt32LE(SAID, 0)
  header.writeUInt32LE(body.length, 16)
  return Buffer.concat([header, body])
}

function doneOf(header: Buffer, body: Buffer): Done {
  const handle = header.readUInt32LE(4)
  const at = Number(header.readBigUInt64LE(8))
  const kind = header.readUInt32LE(0)
  switch (kind) {
    case 1:
    case 2:
      return { kind: "opened", handle, name: body.toString(), isNew: kind === 2 }
    case 3:
      return { kind: "written", handle, at, data: body }
    case 4:
      return { kind: "cutTo", handle, length: at }
    case 5:
    case 6:
      return { kind: "synced", handle, ok: kind === 5 }
    case 7:
      return { kind: "folderSynced" }
    case 8:
      return { kind: "removed", name: body.toString() }
    case 9: {
      const [from = "", to = ""] = body.toString().split("\0")
      return { kind: "renamed", from, to }
    }
    case 10:
      return { kind: "folderMade", name: body.toString() }
    case SAID:
      return { kind: "said", text: body.toString() }
    default:
      throw new Error(`the record holds a ${kind}`)
  }
}
