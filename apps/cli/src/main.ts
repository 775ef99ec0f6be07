import { readFile, writeFile } from "node:fs/promises"
import { buffer, text } from "node:stream/consumers"
import type { Io } from "./io.ts"
import { runCli } from "./program.ts"

/** Stopping takes at most 2 s, on a busy machine too. What was acknowledged is durable, so a part that hangs is not waited for. */
const GIVE_UP_MS = 1550

const stopped = new Promise<void>((resolve) => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(), GIVE_UP_MS).unref()
      resolve()
    })
  }
})

const io: Io = {
  out: (line) => void process.stdout.write(line),
  err: (line) => void process.stderr.write(line),
  read: (file) => (file === "-" ? text(process.stdin) : readFile(file, "utf8")),
  readBytes: (file) => (file === "-" ? buffer(process.stdin) : readFile(file)),
  write: (file, content) => writeFile(file, content),
  stopped,
  streams: { input: process.stdin, output: process.stdout },
  env: process.env,
}

process.exitCode = await runCli(process.argv.slice(2), io)
