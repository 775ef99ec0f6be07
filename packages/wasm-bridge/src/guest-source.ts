import { readFileSync } from "node:fs"
import { stripTypeScriptTypes } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

/** The guest's files in the order they are evaluated; each may use the names of those before it. */
const FILES = ["primordials", "outbox", "chance", "world", "names", "door"]

/** The recorder's files, which lie beside each other, in the order they are evaluated. */
const RECORDER = ["record-values", "record-places", "record"]

/**
 * The prelude as one script whose value is `{ turn, collect }`. It is made of the same TypeScript that the checker
 * reads: types stripped, imports dropped, the recorder of the protocol package closed in a scope of its own.
 */
export function guestSource(recorderFile: string): string {
  const recorder = recorderFiles(recorderFile).map(scriptOf).join("\n")
  const parts = guestFiles().map(scriptOf)
  return `(() => { "use strict"
const recordState = (() => {${recorder}
return recordState })();
${parts.join("\n")}
return { turn, collect } })()`
}

/** All files that the prelude is made of. */
export function preludeFiles(recorderFile: string): string[] {
  return [...recorderFiles(recorderFile), ...guestFiles()]
}

/** Where the protocol's recorder of state writes lies on this machine. */
export function recorderFile(): string {
  return fileURLToPath(import.meta.resolve("@nexus/protocol/record-source"))
}

function recorderFiles(recorderFile: string): string[] {
  return RECORDER.map((name) => join(dirname(recorderFile), `${name}.ts`))
}

function guestFiles(): string[] {
  return FILES.map((name) => fileURLToPath(new URL(`./guest/${name}.ts`, import.meta.url)))
}

function scriptOf(file: string): string {
  const script = stripTypeScriptTypes(readFileSync(file, "utf8"))
  return script.replace(/^import\s[\s\S]*?from "[^"]*"$/gm, "").replace(/^export /gm, "")
}
