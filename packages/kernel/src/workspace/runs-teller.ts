import type { Audience } from "./audience.ts"

/**
 * Says to everybody who is there that the runs are others than before, not which: who shows them asks. So it may be said
 * late, but never not at all: the first word goes out at once, and what happens within half a second after it is one
 * more word at its end.
 */
const QUIET_MS = 500

export class RunsTeller {
  readonly #audience: Audience
  #timer: NodeJS.Timeout | undefined
  #due = false

  constructor(audience: Audience) {
    this.#audience = audience
  }

  /** After a run was kept, answered, ended or let go, and after a question came or went. */
  changed(): void {
    if (this.#timer) {
      this.#due = true
      return
    }
    this.#tell()
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  #tell(): void {
    this.#due = false
    this.#audience.tell({ kind: "runs_changed", workspace: this.#audience.workspace })
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (this.#due) this.#tell()
    }, QUIET_MS).unref()
  }
}
