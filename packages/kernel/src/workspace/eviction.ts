/**
 * Which open workspaces are closed to make room. Memory is counted, not workspaces: a hundred small ones may stay where
 * two large ones may not. Only what is idle may go, the longest unasked first, and never what somebody asked for a moment
 * ago, who may still hold it. One that is larger than everything together may be goes before all others: closing them
 * would not make room for it, so it is served as long as somebody is there and is the first to leave.
 */
export interface OpenWorkspace {
  readonly id: string
  readonly bytes: number
  readonly idle: boolean
  readonly askedAt: number
}

/** For so long somebody who asked may hold it without having begun anything. */
const HELD_MS = 1000

/** The ids to close, in order; `bytes` is what they may take together. */
export function toEvict(open: readonly OpenWorkspace[], bytes: number, now: number): string[] {
  let over = open.reduce((sum, workspace) => sum + workspace.bytes, 0) - bytes
  const mayGo = open
    .filter(({ idle, askedAt }) => idle && askedAt <= now - HELD_MS)
    .sort((a, b) => Number(b.bytes > bytes) - Number(a.bytes > bytes) || a.askedAt - b.askedAt)
  const ids: string[] = []
  for (const workspace of mayGo) {
    if (over <= 0) break
    over -= workspace.bytes
    ids.push(workspace.id)
  }
  return ids
}
