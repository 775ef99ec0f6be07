import { type FileAnswer, type Json, matchesGlob, NexusError } from "@nexus/protocol"
import * as z from "zod"
import { parseGlob, parsePath } from "../files/file-path.ts"
import type { HostContext, Methods } from "./host-context.ts"

/**
 * `nexus.files`: the files of the workspace by path. Reading is granted by `files:read`, writing by `files:write`, each
 * within a glob. A write is a change of its own, made by the run: it is durable when it is answered, undone and
 * versioned like every other, and asked for again after a restart it is not done twice.
 */
export type FileCalls = HostContext["fileCalls"]

/** What fits through one host call. Larger files are for the File component, which streams. */
const MOST_BYTES = 512 * 1024
const MOST_LISTED = 1000

const Encoding = z.enum(["text", "base64"], "the encoding is text or base64").default("text")
const Reading = z.strictObject({ encoding: Encoding }).prefault({})
const Writing = z
  .strictObject({
    encoding: Encoding,
    type: z
      .string()
      .max(127)
      .regex(/^[a-z0-9][\w!#$&^.+-]*\/[a-z0-9][\w!#$&^.+-]*$/, "the type is a media type such as text/csv")
      .optional(),
  })
  .prefault({})

export const fileReading: Methods = {
  read: async ([where, given], context) => {
    const path = readable(where, context)
    const { encoding } = options(Reading, given)
    const { files, holder } = context.fileCalls
    const { file, read } = await files.open(holder, must(path, context).id)
    if (file.size > MOST_BYTES) throw tooLarge(`file ${path}`, file.size)
    const content = Buffer.concat(await read().toArray())
    if (encoding === "base64") return content.toString("base64")
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content)
    } catch {
      throw invalid(`${path} is not UTF-8 text; read it with { encoding: "base64" }`)
    }
  },
  list: async ([pattern], context) => {
    const glob = parseGlob(pattern ?? "*")
    context.allow({ type: "files:read", scope: glob })
    const { files, holder } = context.fileCalls
    const byPath = new Map(files.list(holder).map((file) => [pathOf(file), file]))
    const found = [...byPath].filter(([path]) => matchesGlob(glob, path)).sort(([a], [b]) => (a < b ? -1 : 1))
    if (found.length > MOST_LISTED) {
      const what = `list of files ${glob}`
      throw new NexusError({ code: "too-large", what, limit: MOST_LISTED, actual: found.length, unit: "files" })
    }
    return found.map(([, file]) => shown(file))
  },
  stat: async ([where], context) => shown(must(readable(where, context), context)),
  exists: async ([where], context) => {
    const path = readable(where, context)
    return context.fileCalls.files.find(context.fileCalls.holder, path) !== undefined
  },
}

export const fileWriting: Methods = {
  write: async ([where, text, given], context) => {
    const path = writable(where, context)
    const { encoding, type = encoding === "text" ? "text/plain" : "application/octet-stream" } = options(Writing, given)
    if (typeof text !== "string") throw invalid("what is written is text; make others by JSON.stringify")
    const content = Buffer.from(text, encoding === "text" ? "utf8" : "base64")
    // Node leaves out what is no base64; a file that is not what was meant is worse than none.
    if (encoding === "base64" && content.toString("base64") !== text) throw invalid(`${path}: this is no base64`)
    if (content.length > MOST_BYTES) throw tooLarge(`file ${path}`, content.length)
    const { files, holder } = context.fileCalls
    const { submission, causeFor } = context
    return shown(await files.write(holder, { path, type, content, submission, causeFor }))
  },
  delete: async ([where], context) => {
    const path = writable(where, context)
    const { files, holder } = context.fileCalls
    const file = files.find(holder, path)
    if (file) await files.remove(holder, file.id, context.causeFor, context.submission)
    return file !== undefined
  },
}

function readable(where: Json | undefined, context: HostContext): string {
  const path = parsePath(where)
  context.allow({ type: "files:read", scope: path })
  return path
}

function writable(where: Json | undefined, context: HostContext): string {
  const path = parsePath(where)
  context.allow({ type: "files:write", scope: path })
  return path
}

function must(path: string, { fileCalls: { files, holder } }: HostContext): FileAnswer {
  const file = files.find(holder, path)
  if (!file) throw new NexusError({ code: "not-found", what: "file", id: path })
  return file
}

function pathOf({ path, name }: FileAnswer): string {
  return path ?? name
}

/** As a handler sees it; `id` is what the components File and Image take. */
function shown(file: FileAnswer): Json {
  const { id, type, size, sha256 } = file
  return { path: pathOf(file), id, type, size, sha256 }
}

function options<Shape extends z.ZodType>(shape: Shape, given: Json | undefined): z.output<Shape> {
  const read = shape.safeParse(given ?? {})
  if (read.success) return read.data
  throw invalid(read.error.issues[0]?.message ?? "these are no options")
}

function tooLarge(what: string, actual: number): NexusError {
  return new NexusError({ code: "too-large", what, limit: MOST_BYTES, actual, unit: "bytes" })
}

function invalid(detail: string): NexusError {
  return new NexusError({ code: "invalid-input", detail })
}
