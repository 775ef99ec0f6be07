import type { Change } from "@nexus/protocol"

/** The journal as TriLog reads it: to catch up, and to answer when ClickHouse cannot. */
export interface ChangeSource {
  /** Up to `limit` changes with seq > `after`, in order. */
  changes(workspace: string, after: number, limit: number): Promise<readonly Change[]>
  workspaces(): Promise<readonly string[]>
}
