import { randomBytes } from "node:crypto"
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises"
import { dirname } from "node:path"

const KEY_BYTES = 32

/** The 32 secret bytes in `file`, made there when there are none, readable by the owner alone. Never overwritten. */
export async function openKey(file: string): Promise<Uint8Array> {
  const known = await readKey(file)
  if (known) return known
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const whole = `${file}.${process.pid}`
  await writeFile(whole, randomBytes(KEY_BYTES), { mode: 0o600, flush: true })
  try {
    await link(whole, file)
  } catch (error) {
    if (!isThere(error)) throw error
  } finally {
    await rm(whole, { force: true })
  }
  const made = await readKey(file)
  if (made) return made
  throw new Error(`${file} is gone again`)
}

async function readKey(file: string): Promise<Uint8Array | undefined> {
  try {
    const key = await readFile(file)
    if (key.length !== KEY_BYTES) throw new Error(`${file} holds ${key.length} bytes instead of ${KEY_BYTES}`)
    return key
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined
    throw error
  }
}

function isThere(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST"
}
