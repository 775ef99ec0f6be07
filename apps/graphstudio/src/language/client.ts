import type { TextEdit } from "@nexus/reactor/language"
import type { Answers, FromWorker, Question, Reading, Stretch, Surroundings, ToWorker } from "./messages.ts"

/** The worker as the client sees it: it takes messages and gives them. */
export interface LanguagePort {
  postMessage(message: ToWorker): void
  /** Who hears what comes back, and that nothing will any more; the last ones asked for. */
  listen(hear: (message: FromWorker) => void, ended: () => void): void
  close(): void
}

export interface LanguageClientOptions {
  /** Starts a worker: at first, and again when one has ended by itself. */
  readonly start: () => LanguagePort
  /** The text as it is now. */
  readonly source: () => string
  readonly around: Surroundings
  /** Told once for each text that was read to its end, never for one that was typed over meanwhile. */
  readonly onReading: (reading: Reading) => void
  readonly onFailure: (message: string) => void
}

/** So often a worker is started anew for one text; then the text itself must be what ends it. */
const MOST_STARTS = 5

/**
 * One open text: it tells its edits on, asks about it, and forgets every answer that came too late. A worker that ends is
 * replaced by one that is told the text as it is.
 */
export class LanguageClient {
  readonly #options: LanguageClientOptions
  /** Who waits for an answer about the text as it is now. */
  readonly #waiting = new Map<number, (answer: unknown) => void>()
  #port: LanguagePort
  #starts = 0
  #closed = false
  #version = 0
  #asked = 0

  constructor(options: LanguageClientOptions) {
    this.#options = options
    this.#port = this.#start()
  }

  #start(): LanguagePort {
    const { start, source, around } = this.#options
    this.#starts += 1
    const port = start()
    port.listen(
      (message) => this.#hear(message),
      () => this.#ended(port),
    )
    port.postMessage({ kind: "open", version: this.#version, source: source(), around })
    return port
  }

  #ended(port: LanguagePort): void {
    if (port !== this.#port || this.#closed) return
    port.close()
    this.#dropWaiting()
    if (this.#starts < MOST_STARTS) this.#port = this.#start()
    else this.#options.onFailure("Checking and completion have stopped. Save, and open the panel's source again.")
  }

  /** Counts up with every edit. */
  get version(): number {
    return this.#version
  }

  /** The text has changed; offsets count in the text as it was, `seen` in the text as it is. */
  edit(edits: readonly TextEdit[], seen: Stretch): void {
    this.#version += 1
    this.#dropWaiting()
    this.#port.postMessage({ kind: "edit", version: this.#version, edits, seen })
  }

  /** Answers for the text as it is now, or with undefined when it was changed before the answer came. */
  ask<Of extends keyof Answers>(of: Of, at: Omit<Question, "of">): Promise<Answers[Of] | undefined> {
    const id = this.#asked++
    return new Promise((resolve) => {
      this.#waiting.set(id, (answer) => resolve(answer as Answers[Of] | undefined))
      this.#port.postMessage({ kind: "ask", version: this.#version, id, question: { of, ...at } })
    })
  }

  close(): void {
    this.#closed = true
    this.#port.close()
    this.#dropWaiting()
  }

  #dropWaiting(): void {
    for (const answered of this.#waiting.values()) answered(undefined)
    this.#waiting.clear()
  }

  #hear(message: FromWorker): void {
    if (message.kind === "read") {
      if (message.version === this.#version) this.#options.onReading(message.reading)
      return
    }
    const answered = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if (message.kind === "failed") this.#options.onFailure(message.message)
    answered?.(message.kind === "answer" ? message.answer : undefined)
  }
}
