import { type Change, NexusError, type Snapshot } from "@nexus/protocol"
import * as z from "zod"
import type { Journal, ValueStore } from "./journal.ts"

interface Kept {
  epoch: number
  readonly changes: Change[]
  readonly submissions: Map<string, Change>
  snapshots: Snapshot[]
}

/** The journal without a disk: for tests and throw-away workspaces. Durable as long as the process. */
export function createMemoryJournal(): Journal {
  const workspaces = new Map<string, Kept>()
  const must = (id: string): Kept => {
    const kept = workspaces.get(id)
    if (!kept) throw new NexusError({ code: "not-found", what: "workspace", id })
    return kept
  }
  const held = (id: string, epoch: number): Kept => {
    const kept = must(id)
    if (kept.epoch !== epoch) throw new NexusError({ code: "lease-lost", workspace: id })
    return kept
  }
  return {
    create: async (id) => {
      if (!workspaces.has(id)) workspaces.set(id, { epoch: 0, changes: [], submissions: new Map(), snapshots: [] })
    },
    workspaces: async () => [...workspaces.keys()].sort(),
    acquire: async (id) => {
      const kept = must(id)
      kept.epoch += 1
      return kept.epoch
    },
    append: async (change, epoch) => {
      const { changes, submissions } = held(change.workspace, epoch)
      if (change.seq !== changes.length + 1 || submissions.has(change.submission)) {
        throw new NexusError({ code: "conflict", detail: `The journal of ${change.workspace} has moved on.` })
      }
      changes.push(change)
      submissions.set(change.submission, change)
    },
    changes: async (id, after, limit) => (workspaces.get(id)?.changes ?? []).slice(after, after + limit),
    find: async (id, submission) => workspaces.get(id)?.submissions.get(submission),
    saveSnapshot: async (snapshot, epoch) => {
      const kept = held(snapshot.workspace, epoch)
      const others = kept.snapshots.filter(({ seq }) => seq !== snapshot.seq)
      kept.snapshots = [...others, snapshot].sort((a, b) => b.seq - a.seq).slice(0, 2)
    },
    loadSnapshot: async (id) => workspaces.get(id)?.snapshots[0],
    values: createMemoryValues(),
    close: async () => undefined,
  }
}

const SpaceName = z.tuple([z.string(), z.string()])

function createMemoryValues(): ValueStore {
  const spaces = new Map<string, Map<string, string>>()
  const spaceOf = (workspace: string, space: string): Map<string, string> => {
    const name = JSON.stringify([workspace, space])
    const values = spaces.get(name) ?? new Map<string, string>()
    spaces.set(name, values)
    return values
  }
  return {
    get: async (workspace, space, key) => spaceOf(workspace, space).get(key),
    set: async (workspace, space, key, value) => {
      if (value === undefined) spaceOf(workspace, space).delete(key)
      else spaceOf(workspace, space).set(key, value)
    },
    spaces: async (workspace, prefix) => {
      const kept = [...spaces].flatMap(([name, values]) =>
        values.size === 0 ? [] : [SpaceName.parse(JSON.parse(name))],
      )
      return kept.flatMap(([of, space]) => (of === workspace && space.startsWith(prefix) ? [space] : [])).sort()
    },
    list: async (workspace, space, prefix, limit) =>
      [...spaceOf(workspace, space)]
        .filter(([key]) => key.startsWith(prefix))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .slice(0, limit),
  }
}
