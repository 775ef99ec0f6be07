import type { ChildProcessWithoutNullStreams } from "node:child_process"
import { Socket } from "node:net"
import { type GitResult, type GitRun, missing, startGit, TIMEOUT_MS } from "./git-process.ts"

/**
 * A git that stays and is asked one thing after the other. Its answer to each ends with a line that is known before; when
 * it ends instead, that is the answer, with the code and what it said, and the asker starts another. It holds no lock and
 * nothing unwritten between two answers, so it may end at any moment; it does not keep this process from ending.
 */
export class StandingGit {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #farewell: string
  readonly #ended: Promise<GitResult>
  #alive = true
  #out = ""
  #err = ""
  #heard: () => void = () => {}
  #turns: Promise<unknown> = Promise.resolve()

  constructor(run: Pick<GitRun, "dir" | "args">, farewell: string, env: NodeJS.ProcessEnv) {
    this.#child = startGit(run, env)
    this.#farewell = farewell
    const { stdin, stdout, stderr } = this.#child
    stdout.setEncoding("utf8").on("data", (text: string) => {
      this.#out += text
      this.#heard()
    })
    stderr.setEncoding("utf8").on("data", (text: string) => {
      if (this.#err.length < 4000) this.#err += text
    })
    // It may end before it has read everything; its exit code says why.
    stdin.on("error", () => {})
    this.#ended = new Promise((resolve, reject) => {
      this.#child.on("error", (cause) => {
        this.#alive = false
        reject(missing(cause))
      })
      this.#child.on("close", (code) => {
        this.#alive = false
        resolve({ code: code ?? -1, stdout: Buffer.from(this.#out), stderr: this.#err })
      })
    })
    this.#ended.catch(() => undefined)
    this.#hold(false)
  }

  /** Will it take another question? */
  get alive(): boolean {
    return this.#alive
  }

  /** Resolves with what it wrote before the line `last`, or with how it ended. Rejects only when git cannot run. */
  ask(input: string | Buffer, last: string): Promise<GitResult> {
    return this.#inTurn(() => {
      this.#out = ""
      this.#hold(true)
      const timer = setTimeout(() => this.#child.kill("SIGKILL"), TIMEOUT_MS)
      const answered = new Promise<GitResult>((resolve) => {
        this.#heard = () => {
          const before = this.#out.endsWith(`${last}\n`) && this.#out.slice(0, -last.length - 1)
          if (before !== false) resolve({ code: 0, stdout: Buffer.from(before), stderr: this.#err })
        }
      })
      this.#child.stdin.write(input)
      return Promise.race([answered, this.#ended]).finally(() => {
        clearTimeout(timer)
        this.#heard = () => {}
        this.#hold(false)
      })
    })
  }

  /** Resolves when it has ended, after everything it was asked before. */
  async close(): Promise<void> {
    await this.#inTurn(() => {
      this.#hold(true)
      this.#alive = false
      this.#child.stdin.end(this.#farewell)
      const timer = setTimeout(() => this.#child.kill("SIGKILL"), END_WITHIN_MS)
      return this.#ended.finally(() => clearTimeout(timer))
    }).catch(() => undefined)
  }

  #inTurn<Result>(turn: () => Promise<Result>): Promise<Result> {
    const mine = this.#turns.then(turn, turn)
    this.#turns = mine
    return mine
  }

  /** Does this process go on while it is there? */
  #hold(held: boolean): void {
    const { stdin, stdout, stderr } = this.#child
    const parts = [this.#child, ...[stdin, stdout, stderr].filter((pipe) => pipe instanceof Socket)]
    for (const part of parts) held ? part.ref() : part.unref()
  }
}

const END_WITHIN_MS = 1000
