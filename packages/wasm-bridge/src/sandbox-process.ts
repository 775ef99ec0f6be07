import { type ChildProcess, spawn } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { createInterface } from "node:readline"
import type { Duplex, Readable } from "node:stream"
import { decodeFromWorker, encodeToWorker, FrameReader } from "./frame-bytes.ts"
import type { FromWorker, ToWorker } from "./frames.ts"
import type { ProcessType } from "./process-type.ts"
import type { Runner, RunnerEvents } from "./runner.ts"
import { sandboxSources } from "./stripped-sources.ts"
import { CHANNEL, NOTICES, RUNNING_THREAD, TIMEOUT_EXIT_CODE } from "./watchdog.ts"

/**
 * One child process without rights but those of its type. It starts its one worker, and talks over one inherited socket
 * pair. What it says is parsed as from a stranger.
 */
const STDERR_LINES = 20
const MS_PER_TICK = 10
const EXIT_WAIT_MS = 500

export class SandboxProcess implements Runner {
  /** The design allows 250; the time until a run is found to be long, and the kill itself, are part of that. */
  readonly patienceMs = 200
  readonly #child: ChildProcess
  readonly #channel: Duplex
  readonly #events: RunnerEvents
  #outgoing: Buffer[] = []
  #over = false
  #longCall: number | undefined
  /** Where the system tells of the thread that runs handlers. */
  #thread: string | undefined

  constructor(type: ProcessType, instances: number, log: (line: string) => void, events: RunnerEvents) {
    this.#events = events
    this.#child = spawn(type.command, childArguments(type, instances), {
      env: {},
      stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
    })
    this.#channel = this.#child.stdio[CHANNEL] as Duplex
    const reader = new FrameReader()
    this.#channel.on("data", (chunk: Buffer) => {
      try {
        for (const body of reader.read(chunk)) this.#take(decodeFromWorker(body))
      } catch (error) {
        this.#end(false, `said something unreadable: ${String(error)}`)
      }
    })
    this.#channel.on("error", () => this.#expectExit())
    this.#channel.on("close", () => this.#expectExit())
    const notices = createInterface({ input: this.#child.stdio[NOTICES] as Readable })
    notices.on("line", (call) => {
      this.#longCall = Number(call)
    })
    let lines = 0
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      lines += 1
      if (lines <= STDERR_LINES) log(`sandbox process ${this.#child.pid}: ${text.trimEnd()}`)
    })
    this.#child.on("error", (error) => this.#end(false, error.message))
    this.#child.on("close", (code, signal) => {
      this.#end(code === TIMEOUT_EXIT_CODE, `ended with ${signal ?? `code ${code}`}`)
    })
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** That of the thread that runs handlers: others of the process compile and collect beside it. */
  cpuMs(): number | undefined {
    try {
      this.#thread ??= runningThread(`/proc/${this.#child.pid}/task`)
      const stat = readFileSync(`${this.#thread}/stat`, "utf8")
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
      return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK
    } catch {
      return undefined
    }
  }

  /** Sends a frame; the frames of one tick leave together. */
  send(frame: ToWorker): void {
    if (this.#outgoing.push(encodeToWorker(frame)) === 1) queueMicrotask(() => this.#flush())
  }

  kill(): void {
    this.#end(true, "was killed")
  }

  async end(): Promise<void> {
    const gone = this.#child.exitCode !== null || this.#child.signalCode !== null
    const exit = gone ? undefined : new Promise((resolve) => this.#child.once("exit", resolve))
    this.#end(false, "was closed")
    await exit
  }

  /** The channel closes a moment before the process is gone, and only its exit says why. */
  #expectExit(): void {
    setTimeout(() => this.#end(false, "closed its channel"), EXIT_WAIT_MS).unref()
  }

  #flush(): void {
    const frames = this.#outgoing
    this.#outgoing = []
    if (!this.#over) this.#channel.write(frames.length === 1 ? frames[0] : Buffer.concat(frames))
  }

  #take(frame: FromWorker | undefined): void {
    if (this.#over) return
    if (frame) this.#events.onFrame(frame)
    else this.#end(false, "said something it should not")
  }

  #end(overdue: boolean, detail: string): void {
    if (this.#over) return
    this.#over = true
    this.#child.kill("SIGKILL")
    this.#channel.destroy()
    this.#events.onExit({ overdue, call: this.#longCall, detail })
  }
}

function runningThread(threads: string): string {
  const named = readdirSync(threads).find(
    (id) => readFileSync(`${threads}/${id}/comm`, "utf8").trim() === RUNNING_THREAD,
  )
  if (named === undefined) throw new Error("the process has no thread that runs handlers yet")
  return `${threads}/${named}`
}

function childArguments({ before, rights, wasmFile, library }: ProcessType, instances: number): string[] {
  const { main, prelude } = sandboxSources()
  return [...before, ...rights, main, wasmFile, prelude, String(instances), library]
}
