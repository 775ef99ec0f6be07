/** What the journal asks of its worker thread. Bodies are JSON text: made and read on the kernel's side. */
export type Request =
  | { readonly kind: "create"; readonly workspace: string }
  | { readonly kind: "workspaces" }
  | { readonly kind: "acquire"; readonly workspace: string }
  | {
      readonly kind: "append"
      readonly workspace: string
      readonly epoch: number
      readonly seq: number
      readonly submission: string
      readonly body: string
    }
  | { readonly kind: "changes"; readonly workspace: string; readonly after: number; readonly limit: number }
  | { readonly kind: "find"; readonly workspace: string; readonly submission: string }
  | {
      readonly kind: "saveSnapshotPiece"
      readonly workspace: string
      readonly epoch: number
      readonly seq: number
      readonly piece: number
      readonly body: string
    }
  | {
      /** Only now the pieces count. The checksum is of the whole text. */
      readonly kind: "endSnapshot"
      readonly workspace: string
      readonly epoch: number
      readonly seq: number
      readonly pieces: number
      readonly checksum: string
    }
  | { readonly kind: "loadSnapshot"; readonly workspace: string }
  | { readonly kind: "get"; readonly workspace: string; readonly space: string; readonly key: string }
  | {
      readonly kind: "set"
      readonly workspace: string
      readonly space: string
      readonly key: string
      readonly value: string | undefined
    }
  | { readonly kind: "spaces"; readonly workspace: string; readonly prefix: string }
  | {
      readonly kind: "list"
      readonly workspace: string
      readonly space: string
      readonly prefix: string
      readonly limit: number
    }
  | { readonly kind: "close" }

/** `lost`: another epoch. `taken`: not the next seq, or the submission is there. `failed`: the disk says no. */
export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly why: "lost" | "taken" | "missing" | "failed"; readonly detail: string }

export interface Asked {
  readonly id: number
  readonly request: Request
}

export interface Answered {
  readonly id: number
  readonly answer: Answer
}
