import { spawn } from "node:child_process"
import { resolve } from "node:path"
import { text } from "node:stream/consumers"

const root = resolve(import.meta.dirname, "..")

/** `nexus serve` that should not come up: its exit code and what a person reads. Asked to stop, should it come up all the same. */
export async function refusedStart(args: readonly string[]): Promise<{ code: number | null; sentence: string }> {
  const child = spawn(process.execPath, ["apps/cli/src/main.ts", "serve", ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  })
  child.stdout.once("data", () => child.kill("SIGTERM"))
  const [code, out, err] = await Promise.all([
    new Promise<number | null>((done) => child.once("exit", done)),
    text(child.stdout),
    text(child.stderr),
  ])
  const lines = `${out}${err}`.split("\n").filter((line) => line !== "" && !line.startsWith("The studio is not built"))
  return { code, sentence: lines.join("\n") }
}
