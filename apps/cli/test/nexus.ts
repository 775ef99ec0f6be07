import { spawn } from "node:child_process"
import { resolve } from "node:path"
import { text } from "node:stream/consumers"

const root = resolve(import.meta.dirname, "../../..")

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
  /** Standard output as the one JSON document it must be. */
  json(): unknown
}

/** Runs `nexus` as its own process, the way a shell does. */
export async function nexus(args: readonly string[], input = ""): Promise<Ended> {
  const child = spawn(process.execPath, ["apps/cli/bin/nexus.js", ...args], {
    cwd: root,
    stdio: ["pipe", "pipe", "pipe"],
  })
  child.stdin.on("error", () => {}).end(input)
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((done) => child.once("exit", done)),
  ])
  return { code, out, err, json: () => JSON.parse(out) }
}
