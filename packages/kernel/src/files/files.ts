import { createHash } from "node:crypto"
import type { Readable } from "node:stream"
import { type Cause, createId, type Entity, type FileAnswer, NexusError, type Operation } from "@nexus/protocol"
import type { FileStore, StoredContent } from "../storage/file-store.ts"
import type { Workspace } from "../workspace/workspace.ts"
import { HEAD_BYTES, refuseDisguise, refuseKind } from "./kinds.ts"

/**
 * The files of workspaces. That a file exists, and what it is called, is an entity `resource` of the graph and changes
 * through `commit` like everything else: so it is undone, versioned and travelled through. Its content lies in the store
 * under its hash. A removed file's content stays, for undo and for the past, until its workspace needs the room; the
 * quota counts what the graph names now.
 *
 * People know files by name, and several may have the same; handlers know them by path, and a path is one file: its
 * `path`, else its name. Writing to a path keeps the entity, so what shows the file shows its new content.
 */
export interface Files {
  readonly limits: FileLimits
  list(workspace: Holder): readonly FileAnswer[]
  /** The file at a path; the newest, where people gave several the same name. */
  find(workspace: Holder, path: string): FileAnswer | undefined
  /** What the graph names now, in bytes; the same content counts once. */
  used(workspace: Holder): number
  /** Throws `too-large`, `quota-exceeded` or `invalid-input` before the first byte where it can, else at the byte that is too much. */
  upload(workspace: Holder, upload: Upload): Promise<FileAnswer & { readonly seq: number }>
  /** Puts the content at a path, whether there is a file or not; refuses like `upload`. Repeated, it is done once. */
  write(workspace: Holder, written: Written): Promise<FileAnswer & { readonly seq: number }>
  /**
   * Takes in contents that a change will name, all of them within what the workspace may have. Refuses like `upload`, and
   * with `invalid-input` what is not of its size and hash.
   */
  restore(workspace: Holder, contents: readonly RestoredContent[]): Promise<void>
  /** Throws `not-found`, also where the content had to make room. */
  open(workspace: Holder, id: string): Promise<OpenFile>
  remove(workspace: Holder, id: string, causeFor: (reason: string) => Cause, submission?: string): Promise<void>
  /** Removes the contents of a workspace that is gone. */
  forget(workspace: string): Promise<void>
}

/** What files need of the workspace they are in. */
export type Holder = Pick<Workspace, "id" | "graph" | "commit">

export interface FileLimits {
  /** The largest file. */
  readonly fileBytes: number
  /** All files of one workspace. */
  readonly workspaceBytes: number
  /** Media types that are taken, such as `image/*`. */
  readonly types: readonly string[]
}

export interface Upload {
  readonly name: string
  readonly type: string
  /** What the sender says it sends. */
  readonly announced: number | undefined
  readonly bytes: AsyncIterable<Uint8Array>
  readonly causeFor: (reason: string) => Cause
}

export interface Written {
  readonly path: string
  /** The file keeps its type, or is of this one, where it is new. */
  readonly type: string
  readonly content: Uint8Array
  readonly submission: string
  readonly causeFor: (reason: string) => Cause
}

export interface RestoredContent extends StoredContent {
  readonly name: string
  readonly type: string
  readonly bytes: () => Promise<AsyncIterable<Uint8Array>>
}

export interface OpenFile {
  readonly file: FileAnswer
  read(range?: { readonly start: number; readonly end: number }): Readable
}

export const DEFAULT_FILE_LIMITS: FileLimits = {
  fileBytes: 50 * 1024 * 1024,
  workspaceBytes: 1024 * 1024 * 1024,
  types: [
    "image/*",
    "audio/*",
    "video/*",
    "text/*",
    "font/*",
    "application/pdf",
    "application/json",
    "application/xml",
    "application/zip",
    "application/gzip",
    "application/rtf",
    "application/msword",
    "application/epub+zip",
    "application/octet-stream",
    "application/vnd.oasis.opendocument.*",
    "application/vnd.openxmlformats-officedocument.*",
  ],
}

/** Contents that the graph no longer names are kept while all together stay below this many quotas. */
const KEPT_QUOTAS = 2

export function createFiles(
  store: FileStore,
  limits: FileLimits = DEFAULT_FILE_LIMITS,
  /** What a workspace is given, where that is less. */
  allowanceOf: (workspace: string) => Promise<number> = async () => limits.workspaceBytes,
): Files {
  /** Bytes of uploads under way, so that two at once do not share one rest of room. */
  const arriving = new Map<string, number>()

  const list = ({ graph }: Holder) => [...graph.ofKind("resource")].flatMap((entity) => fileOf(entity) ?? [])
  const find = (workspace: Holder, path: string) =>
    list(workspace).findLast((file) => (file.path ?? file.name) === path)
  const used = (workspace: Holder) => {
    const sizes = new Map(list(workspace).map(({ sha256, size }) => [sha256, size]))
    return [...sizes.values()].reduce((sum, size) => sum + size, 0)
  }
  const must = (workspace: Holder, id: string) => {
    const entity = workspace.graph.entity(id)
    const file = entity && fileOf(entity)
    if (!file) throw new NexusError({ code: "not-found", what: "file", id })
    return file
  }
  const sweep = async (workspace: Holder) => {
    const named = new Set(list(workspace).map(({ sha256 }) => sha256))
    const kept = await store.list(workspace.id)
    let total = kept.reduce((sum, { size }) => sum + size, 0)
    for (const { sha256, size } of kept) {
      if (total <= limits.workspaceBytes * KEPT_QUOTAS) return
      if (named.has(sha256)) continue
      await store.remove(workspace.id, sha256)
      total -= size
    }
  }

  /** Takes the content in within the limits, then names it in the graph by `commit`. */
  const receive = async <Answer>(
    workspace: Holder,
    { type, announced, bytes }: Pick<Upload, "type" | "announced" | "bytes">,
    commit: (content: StoredContent) => Promise<Answer>,
  ): Promise<Answer> => {
    refuseKind(type, limits.types)
    const refuseTooLarge = (size: number, exact: boolean) => {
      if (size <= limits.fileBytes) return
      const actual = exact ? { actual: size } : {}
      throw new NexusError({ code: "too-large", what: "file", limit: limits.fileBytes, ...actual, unit: "bytes" })
    }
    const limit = Math.min(limits.workspaceBytes, await allowanceOf(workspace.id))
    const before = used(workspace)
    const refuseOverQuota = (more: number) => {
      const taken = before + (arriving.get(workspace.id) ?? 0)
      if (taken + more <= limit) return
      throw new NexusError({ code: "quota-exceeded", what: "files of this workspace, in bytes", limit, used: taken })
    }
    if (announced !== undefined) {
      refuseTooLarge(announced, true)
      refuseOverQuota(announced)
    }
    const reserve = (more: number) => arriving.set(workspace.id, (arriving.get(workspace.id) ?? 0) + more)
    let reserved = 0
    let head = Buffer.alloc(0)
    try {
      const content = await store.put(workspace.id, bytes, (piece, size) => {
        refuseTooLarge(size, false)
        refuseOverQuota(piece.length)
        reserve(piece.length)
        reserved += piece.length
        if (head.length >= HEAD_BYTES) return
        head = Buffer.concat([head, piece]).subarray(0, HEAD_BYTES)
        if (head.length >= HEAD_BYTES) refuseDisguise(type, head)
      })
      if (head.length < HEAD_BYTES) refuseDisguise(type, head)
      return await commit(content)
    } finally {
      reserve(-reserved)
      await sweep(workspace)
    }
  }

  return {
    limits,
    list,
    find,
    used,
    upload: (workspace, { name, type, announced, bytes, causeFor }) =>
      receive(workspace, { type, announced, bytes }, async (content) => {
        const id = createId("file")
        const properties = { name, type, ...content }
        const { seq } = await workspace.commit({
          submission: createId("sub"),
          cause: causeFor(`put ${name} into the files`),
          operations: [{ kind: "entity_add", entity: { id, kind: "resource", name, scope: workspace.id, properties } }],
        })
        return { id, ...properties, seq }
      }),
    write: (workspace, { path, type: asked, content: bytes, submission, causeFor }) => {
      const type = find(workspace, path)?.type ?? asked
      return receive(workspace, { type, announced: bytes.length, bytes: once(bytes) }, async (content) => {
        const name = path.slice(path.lastIndexOf("/") + 1)
        const properties = { name, type, ...content, path }
        const put = async () => {
          const there = find(workspace, path)
          const id = there?.id ?? idOf(workspace.id, path)
          const operation: Operation = there
            ? { kind: "entity_set", id, set: { type, ...content } }
            : { kind: "entity_add", entity: { id, kind: "resource", name, scope: workspace.id, properties } }
          const cause = causeFor(there ? `wrote ${path}` : `put ${path} into the files`)
          const { seq } = await workspace.commit({ submission, cause, operations: [operation] })
          return { ...properties, ...there, type, ...content, id, seq }
        }
        try {
          return await put()
        } catch (error) {
          // Somebody else's file came, or went, in between: now it is another operation.
          if (error instanceof NexusError && error.failure.code === "operation-conflict") return await put()
          throw error
        }
      })
    },
    async restore(workspace, contents) {
      const limit = Math.min(limits.workspaceBytes, await allowanceOf(workspace.id))
      const taken = used(workspace)
      if (contents.reduce((sum, { size }) => sum + size, taken) > limit)
        throw new NexusError({ code: "quota-exceeded", what: "files of this workspace, in bytes", limit, used: taken })
      for (const { name, type, size, sha256, bytes } of contents) {
        refuseKind(type, limits.types)
        const other = () => new NexusError({ code: "invalid-input", detail: `${name} is not what its bundle says.` })
        if (size > limits.fileBytes) {
          const failure = { code: "too-large", what: "file", limit: limits.fileBytes, actual: size } as const
          throw new NexusError({ ...failure, unit: "bytes" })
        }
        let head = Buffer.alloc(0)
        const kept = await store.put(workspace.id, await bytes(), (piece, sofar) => {
          if (sofar > size) throw other()
          if (head.length < HEAD_BYTES) head = Buffer.concat([head, piece]).subarray(0, HEAD_BYTES)
        })
        refuseDisguise(type, head)
        if (kept.sha256 !== sha256 || kept.size !== size) throw other()
      }
    },
    async open(workspace, id) {
      const file = must(workspace, id)
      if (!(await store.has(workspace.id, file.sha256)))
        throw new NexusError({ code: "not-found", what: "content of the file", id: file.name })
      return { file, read: (range) => store.read(workspace.id, file.sha256, range) }
    },
    async remove(workspace, id, causeFor, submission = createId("sub")) {
      const { name, path = name } = must(workspace, id)
      await workspace.commit({
        submission,
        cause: causeFor(`took ${path} out of the files`),
        operations: [{ kind: "entity_remove", id }],
      })
    },
    forget: (workspace) => store.forget(workspace),
  }
}

/** The file that a `resource` names; people and assistants may add resources of other kinds. */
export function fileOf({ id, kind, properties }: Entity): FileAnswer | undefined {
  const { name, type, size, sha256, path } = properties
  if (kind !== "resource" || typeof name !== "string" || typeof type !== "string") return undefined
  if (typeof size !== "number" || size < 0 || typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256))
    return undefined
  return { id, name, type, size, sha256, ...(typeof path === "string" ? { path } : {}) }
}

/** A new file at a path has the id that follows from the path: of two first writings at once, one finds the other's. */
function idOf(workspace: string, path: string): string {
  return `file_${createHash("sha256")
    .update(JSON.stringify([workspace, path]))
    .digest("hex")
    .slice(0, 32)}`
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
