import { createHash } from "node:crypto"
import { type FileHandle, open } from "node:fs/promises"

/**
 * Passwords that leaked somewhere, by the interface of Have I Been Pwned: a list of SHA-1 hashes, asked for by the first
 * five characters of a hash. Whoever answers learns which of a million groups was asked for, never the password. It is off
 * unless the operator names a file (the whole list, sorted by hash, one `HASH:COUNT` a line) or an address.
 */
export interface BreachedPasswords {
  has(password: string): Promise<boolean>
}

const PREFIX = 5
const ANSWER_WITHIN_MS = 2000
const READ_BYTES = 128

/** `place` is a file's path or an `https:` address below which `/<prefix>` is asked. Who is out of reach refuses nobody. */
export function createBreachedPasswords(
  place: string,
  note: (message: string, detail: object) => void,
): BreachedPasswords {
  const look = /^https?:/.test(place) ? lookByRange(place) : lookInFile(place)
  return {
    async has(password) {
      const hash = createHash("sha1").update(password).digest("hex").toUpperCase()
      try {
        return await look(hash)
      } catch (error) {
        note("the list of leaked passwords was not asked", { error: String(error) })
        return false
      }
    },
  }
}

function lookByRange(address: string): (hash: string) => Promise<boolean> {
  return async (hash) => {
    const reply = await fetch(`${address.replace(/\/$/, "")}/${hash.slice(0, PREFIX)}`, {
      headers: { "add-padding": "true" },
      redirect: "error",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    })
    if (!reply.ok) throw new Error(`it answered ${reply.status}`)
    const rest = hash.slice(PREFIX)
    // A padding line has the count 0 and means nothing.
    return (await reply.text()).split(/\r?\n/).some((line) => line.startsWith(`${rest}:`) && !line.endsWith(":0"))
  }
}

/** Halves the file until the line is found: 40 GB are 36 reads. */
function lookInFile(file: string): (hash: string) => Promise<boolean> {
  return async (hash) => {
    const handle = await open(file)
    try {
      let [from, to] = [0, (await handle.stat()).size]
      while (from < to) {
        const middle = Math.floor((from + to) / 2)
        const { start, end, text } = await lineAt(handle, middle)
        const found = text.slice(0, hash.length).toUpperCase()
        if (found === hash) return true
        if (found < hash) from = Math.max(end, middle + 1)
        else to = start
      }
      return false
    } finally {
      await handle.close()
    }
  }
}

/** The line that the byte at `offset` belongs to, and where it starts and ends. */
async function lineAt(handle: FileHandle, offset: number): Promise<{ start: number; end: number; text: string }> {
  const before = Math.max(0, offset - READ_BYTES)
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(READ_BYTES * 2), 0, READ_BYTES * 2, before)
  const text = buffer.toString("latin1", 0, bytesRead)
  const start = text.lastIndexOf("\n", offset - before - 1) + 1
  const newline = text.indexOf("\n", offset - before)
  const end = newline < 0 ? text.length : newline + 1
  return { start: before + start, end: before + end, text: text.slice(start, end) }
}
