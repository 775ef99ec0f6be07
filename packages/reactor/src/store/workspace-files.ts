/**
 * The files of a workspace as a panel reaches them. The studio gives it (requests need the viewer's token, which no
 * panel ever sees); a preview and the server have none. Bytes never enter a state: what is bound is this small note.
 */
export interface WorkspaceFile {
  readonly id: string
  readonly name: string
  /** Media type, such as `image/png`. */
  readonly type: string
  /** In bytes. */
  readonly size: number
}

/** A file that was opened: an address for this page alone, until `release`. */
export interface OpenedFile {
  readonly url: string
  release(): void
}

export interface WorkspaceFiles {
  /** The largest file the workspace takes, in bytes. */
  readonly maxBytes: number
  /** Resolves when it is kept; `onProgress` hears the share that was sent, 0 to 1. Rejects with a sentence. */
  upload(file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<WorkspaceFile>
  open(id: string, signal: AbortSignal): Promise<OpenedFile>
}

const ADDRESS = /^file:([A-Za-z0-9][A-Za-z0-9_.-]{0,159})$/

/** The id of the workspace file that a value names: a note as File binds it, or its address `file:ID`. */
export function workspaceFileId(value: unknown): string | undefined {
  if (typeof value === "string") return ADDRESS.exec(value)?.[1]
  if (typeof value !== "object" || value === null || !("id" in value) || !("name" in value)) return undefined
  return typeof value.id === "string" ? ADDRESS.exec(`file:${value.id}`)?.[1] : undefined
}

/** Is it a note of a file, as File binds it? */
export function isWorkspaceFile(value: unknown): value is WorkspaceFile {
  return (
    workspaceFileId(value) !== undefined &&
    typeof value === "object" &&
    value !== null &&
    "size" in value &&
    typeof value.size === "number" &&
    "type" in value &&
    typeof value.type === "string"
  )
}
