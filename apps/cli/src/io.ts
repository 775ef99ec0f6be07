/** Where a command reads from and writes to: the process's edges, as arguments. */
export interface Io {
  out(text: string): void
  err(text: string): void
  /** Reads a file as text; `-` is standard input. */
  read(file: string): Promise<string>
  readBytes(file: string): Promise<Uint8Array>
  write(file: string, content: string | Uint8Array): Promise<void>
  /** Resolves when the person or the system asks the process to stop. */
  stopped: Promise<void>
  /** Standard input and output as they are, for a command that speaks a protocol on them. */
  streams: { readonly input: NodeJS.ReadableStream; readonly output: NodeJS.WritableStream }
  env: Readonly<Record<string, string | undefined>>
}

/** What a command's end means for the shell: all well, found errors, used wrongly. */
export type ExitCode = 0 | 1 | 2

/** Thrown by a command that was called wrongly; ends with exit code 2 and this sentence. */
export class UsageError extends Error {}

/** The value of a JSON option, or a UsageError that names the option. */
export function parseJsonOption(text: string, option: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UsageError(`${option} takes JSON, such as '{"count": 1}': ${(cause as Error).message}`)
  }
}

/** One JSON document and nothing else. */
export function printJson(io: Io, value: unknown): void {
  io.out(`${JSON.stringify(value)}\n`)
}
