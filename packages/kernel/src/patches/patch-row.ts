import { Patch } from "@nexus/protocol"

/** A patch as the relational store holds it: lists and actors as JSON text, times as BigInt. */
export interface PatchRow {
  readonly id: string
  readonly workspaceId: string
  readonly base: number
  readonly author: string
  readonly reason: string
  readonly operations: string
  readonly capabilities: string
  readonly status: string
  readonly seq: number | null
  readonly createdAt: bigint
}

/** Parsed, because storage may hold what an older version wrote. */
export function patchOf(row: PatchRow): Patch {
  return Patch.parse({
    id: row.id,
    workspace: row.workspaceId,
    base: row.base,
    author: JSON.parse(row.author),
    reason: row.reason,
    operations: JSON.parse(row.operations),
    capabilities: JSON.parse(row.capabilities),
    status: row.status,
    createdAt: Number(row.createdAt),
    ...(row.seq === null ? {} : { seq: row.seq }),
  })
}
