import type { ExitCode, Io } from "../io.ts"
import { startLanguageServer } from "../lsp/language-server.ts"

const PAGES = new URL("../../../../docs/errors/", import.meta.url)

/** Speaks the Language Server Protocol on standard input and output until the editor says exit or goes away. */
export async function lsp({ streams, stopped }: Io): Promise<ExitCode> {
  const server = startLanguageServer({ ...streams, errorPage: (code) => new URL(`${code}.md`, PAGES).href })
  await stopped
  server.close()
  return 0
}
