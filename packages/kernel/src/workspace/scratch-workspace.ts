import { Limits } from "@nexus/protocol"
import type { Sandbox } from "@nexus/wasm-bridge"
import { createHttpClient } from "../capabilities/http.ts"
import { createModels } from "../capabilities/models.ts"
import { createDatabases } from "../databases/databases.ts"
import { createFiles } from "../files/files.ts"
import { createMemoryFileStore } from "../storage/memory-file-store.ts"
import { createMemoryJournal } from "../storage/memory-journal.ts"
import { Sources } from "./sources.ts"
import type { Workspace } from "./workspace.ts"
import { createWorkspaces } from "./workspaces.ts"

export interface ScratchOptions {
  readonly sandbox: Sandbox
  readonly limits?: Partial<Limits>
  readonly clock?: () => number
}

/** The id of a scratch workspace and of its root entity. */
export const SCRATCH = "scratch"

/**
 * A workspace that lives as long as the process: for trying a panel by itself. The same commit, the same capability
 * checks and the same sandbox as a kept one; only the journal is memory.
 */
export async function createScratchWorkspace(options: ScratchOptions): Promise<Workspace> {
  const http = createHttpClient(() => undefined)
  const databases = createDatabases(undefined)
  const journal = createMemoryJournal()
  const clock = options.clock ?? Date.now
  const workspaces = createWorkspaces({
    journal,
    sandbox: options.sandbox,
    http,
    databases,
    models: createModels({ classes: {}, values: journal.values, tokensPerDay: 0, clock }),
    files: createFiles(createMemoryFileStore()),
    sources: new Sources(),
    limits: Limits.parse(options.limits ?? {}),
    clock,
    seed: () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
    retryMs: 1000,
    idleMs: Number.POSITIVE_INFINITY,
    onChange: () => undefined,
    onEvent: () => undefined,
    roleOf: async () => "owner",
    log: () => undefined,
  })
  const workspace = await workspaces.create(SCRATCH, "Scratch", { id: "local", name: "Local" })
  return {
    ...workspace,
    get graph() {
      return workspace.graph
    },
    get seq() {
      return workspace.seq
    },
    get idle() {
      return workspace.idle
    },
    get lost() {
      return workspace.lost
    },
    get readOnly() {
      return workspace.readOnly
    },
    async close() {
      await workspaces.close()
      await databases.close()
      await http.close()
    },
  }
}
