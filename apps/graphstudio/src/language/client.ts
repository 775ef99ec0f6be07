import type { TextEdit } from "@nexus/reactor/language"
import type { Answers, FromWorker, Question, Reading, Stretch, Surroundings, ToWorker } from "./messages.ts"

/** The worker as the client sees it: it takes messages and gives them. */
export interface LanguagePort {
  postMessage(message: ToWorker): void
  /** Who hears what comes back; the last one asked for. */
  listen(hear: (message: FromWorker) => void): void
  close(): void
}

export interface LanguageClientOptions {
  readonly port: LanguagePort
  readonly source: string
  readonly around: Surroundings
  /** Told once for each text that was read to its end, never for one that was typed over meanwhile. */
  readonly onReading: (reading: Reading) => void
  readonly onFailure: (message: string) => void
}

/** One open text: it tells its edits on, asks about it, and forgets every answer that came too late. */
export class LanguageClient {
  readonly #options: LanguageClientOptions
  /** Who waits for an answer about the text as it is now. */
  readonly #waiting = new Map<number, (answer: unknown) => void>()
  #version = 0
  #asked = 0

  constructor(options: LanguageClientOptions) {
    this.#options = options
    options.port.listen((message) => this.#hear(message))
    options.port.postMessage({ kind: "open", version: 0, source: options.source, around: options.around })
  }

  /** Counts up with every edit. */
  get version(): number {
    return this.#version
  }

  /** The text has changed; offsets count in the text as it was, `seen` in the text as it is. */
  edit(edits: readonly TextEdit[], seen: Stretch): void {
    this.#version += 1
    this.#dropWaiting()
    this.#options.port.postMessage({ kind: "edit", version: this.#version, edits, seen })
  }

  /** Answers for the text as it is now, or with undefined when it was changed before the answer came. */
  ask<Of extends keyof Answers>(of: Of, at: Omit<Question, "of">): Promise<Answers[Of] | undefined> {
    const id = this.#asked++
    return new Promise((resolve) => {
      this.#waiting.set(id, (answer) => resolve(answer as Answers[Of] | undefined))
      this.#options.port.postMessage({ kind: "ask", version: this.#version, id, question: { of, ...at } })
    })
  }

  close(): void {
    this.#options.port.close()
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
