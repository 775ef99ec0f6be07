import { NexusError } from "@nexus/protocol"
import { type OpenWorkspace, toEvict } from "./eviction.ts"
import { openWorkspace, type WorkspaceParts } from "./open-workspace.ts"
import { hasWaitingRuns } from "./waiting/waiting-store.ts"
import type { Workspace } from "./workspace.ts"

/**
 * The workspaces of this kernel: opened when first asked for, closed when nobody has asked for a while and nothing goes on
 * in them, when memory is short (`eviction.ts`), or all together. A workspace is opened anew only when its closing is over:
 * it never has two writers here. While memory is short, an opening waits for the closings that make room.
 */
export interface Workspaces {
  /** Throws `not-found` when no such workspace was ever created. */
  open(id: string): Promise<Workspace>
  /** Makes a workspace with its root entity; harmless when repeated. */
  create(id: string, name: string, by: { readonly id: string; readonly name: string }): Promise<Workspace>
  /** The workspace if it is open now. Do not keep it: ask again. */
  get(id: string): Workspace | undefined
  /** Until the answer is called it is not closed for being idle: somebody works with it and has nothing to show yet. */
  hold(id: string): () => void
  /** Opens those of these workspaces that have waiting runs, so that they go on when they are due. */
  wake(ids: readonly string[]): Promise<void>
  /** Ends what runs in it and closes it; for a workspace that was deleted. */
  release(id: string): Promise<void>
  metrics(): WorkspacesMetrics
  close(): Promise<void>
}

/** Counts of now, and since the start. Bytes are estimated. */
export interface WorkspacesMetrics {
  readonly open: number
  /** Of the open ones and those that are still closing. */
  readonly bytes: number
  readonly mostBytes: number
  /** Open ones that alone are larger than all may be together. */
  readonly tooLarge: number
  readonly openings: number
  readonly closed: Readonly<Record<ClosedFor, number>>
}

/** Why a workspace was closed: nobody asked for long, others needed the memory, another kernel has it or it was deleted. */
type ClosedFor = "idle" | "memory" | "gone"

/** The longest a timer can count. */
const MOST_MS = 2 ** 31 - 1
/** Workspaces grow by what is written into them; so often that is looked at. */
const LOOK_EVERY_MS = 5000

export function createWorkspaces(parts: WorkspaceParts): Workspaces {
  const { idleMs, memoryBytes = Number.POSITIVE_INFINITY } = parts
  const opening = new Map<string, Promise<Workspace>>()
  const opened = new Map<string, Workspace>()
  const closing = new Map<string, { readonly bytes: number; readonly gone: Promise<void> }>()
  const askedAt = new Map<string, number>()
  const holds = new Map<string, number>()
  const tooLarge = new Set<string>()
  const counts = { openings: 0, closed: { idle: 0, memory: 0, gone: 0 } }
  let closed = false

  const release = async (id: string, why: ClosedFor = "gone"): Promise<void> => {
    const held = opened.get(id)
    opened.delete(id)
    opening.delete(id)
    askedAt.delete(id)
    tooLarge.delete(id)
    if (!held) return closing.get(id)?.gone
    counts.closed[why] += 1
    const gone = held.close().finally(() => {
      closing.delete(id)
      parts.onClosed?.(id)
    })
    closing.set(id, { bytes: held.bytes, gone })
    await gone
  }
  const forget = (id: string, why: ClosedFor): void => {
    release(id, why).catch((error: unknown) =>
      parts.log("a workspace did not close well", { id, error: String(error) }),
    )
  }
  const isIdle = (id: string, workspace: Workspace): boolean => workspace.idle && !holds.has(id)
  const look = (): OpenWorkspace[] =>
    [...opened].map(([id, workspace]) => {
      const { bytes } = workspace
      if (bytes <= memoryBytes) tooLarge.delete(id)
      else if (!tooLarge.has(id)) {
        tooLarge.add(id)
        parts.log("a workspace is larger than all open ones may be together", { id, bytes, memoryBytes })
      }
      return { id, bytes, idle: isIdle(id, workspace), askedAt: askedAt.get(id) ?? 0 }
    })
  const closingBytes = (): number => [...closing.values()].reduce((sum, { bytes }) => sum + bytes, 0)
  /** Begins to close what must go. The closings to wait for, when even so memory is short until they are over. */
  const makeRoom = (): Promise<void>[] => {
    const open = look()
    for (const id of toEvict(open, memoryBytes, parts.clock())) forget(id, "memory")
    const bytes = open.reduce((sum, each) => sum + (opened.has(each.id) ? each.bytes : 0), closingBytes())
    return bytes > memoryBytes ? [...closing.values()].map(({ gone }) => gone) : []
  }
  const open = (id: string): Promise<Workspace> => {
    if (closed) throw new NexusError({ code: "unavailable", what: "The kernel", detail: "it is stopping" })
    askedAt.set(id, parts.clock())
    if (opened.get(id)?.lost) forget(id, "gone")
    const known = opening.get(id)
    if (known) return known
    const onLost = () => {
      if (opening.get(id) === workspace) forget(id, "gone")
    }
    const before = [closing.get(id)?.gone, ...makeRoom()]
    const workspace = Promise.allSettled(before).then(() => openWorkspace(id, parts, onLost))
    opening.set(id, workspace)
    workspace.then(
      (ready) => {
        counts.openings += 1
        askedAt.set(id, parts.clock())
        opened.set(id, ready)
        makeRoom()
      },
      () => {
        opening.delete(id)
        askedAt.delete(id)
      },
    )
    return workspace
  }
  const closeIdle = (): void => {
    const since = parts.clock() - idleMs
    for (const [id, workspace] of opened)
      if (isIdle(id, workspace) && (askedAt.get(id) ?? 0) < since) forget(id, "idle")
  }
  const timers = [
    setInterval(closeIdle, Math.min(idleMs / 2, MOST_MS)).unref(),
    setInterval(makeRoom, LOOK_EVERY_MS).unref(),
  ]

  return {
    open: async (id) => open(id),
    create: async (id, name, by) => {
      await parts.journal.create(id)
      const workspace = await open(id)
      if (!workspace.graph.entity(id)) {
        await workspace.commit({
          submission: `create.${id}`.slice(0, 160),
          cause: { actor: { kind: "person", ...by }, reason: `created ${name}`.slice(0, 400) },
          operations: [{ kind: "entity_add", entity: { id, kind: "workspace", name, properties: {}, scope: "" } }],
        })
      }
      return workspace
    },
    get: (id) => {
      const workspace = opened.get(id)
      if (workspace?.lost) return undefined
      if (workspace) askedAt.set(id, parts.clock())
      return workspace
    },
    hold: (id) => {
      holds.set(id, (holds.get(id) ?? 0) + 1)
      return () => {
        const left = (holds.get(id) ?? 1) - 1
        if (left > 0) holds.set(id, left)
        else holds.delete(id)
      }
    },
    wake: async (ids) => {
      for (const id of ids) {
        try {
          if (!closed && (await hasWaitingRuns(parts.journal.values, id))) await open(id)
        } catch (error) {
          parts.log("a workspace with waiting runs did not open", { id, error: String(error) })
        }
      }
    },
    release,
    metrics: () => {
      const bytes = look().reduce((sum, each) => sum + each.bytes, closingBytes())
      return { open: opened.size, bytes, mostBytes: memoryBytes, tooLarge: tooLarge.size, ...counts }
    },
    close: async () => {
      closed = true
      for (const timer of timers) clearInterval(timer)
      await Promise.allSettled([...opening.values(), ...[...closing.values()].map(({ gone }) => gone)])
      await Promise.allSettled([...opened.values()].map((workspace) => workspace.close()))
    },
  }
}
