import type { RecordEntry, WantedRecords } from "../run-records.ts"

/** What is asked of the thread that keeps the file of records, and its answer. */
export type RecordsRequest =
  | { readonly kind: "put"; readonly entries: readonly RecordEntry[] }
  | { readonly kind: "list"; readonly workspace: string; readonly wanted: WantedRecords }
  | { readonly kind: "read"; readonly workspace: string; readonly run: string }
  | { readonly kind: "workspaces" }
  | { readonly kind: "forget"; readonly workspace: string }
  | { readonly kind: "close" }

export interface RecordsAsked {
  readonly id: number
  readonly request: RecordsRequest
}

export type RecordsAnswer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly detail: string }
