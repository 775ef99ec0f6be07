import { Limits } from "@nexus/protocol"
import type { Sandbox } from "@nexus/wasm-bridge"
import { createHttpClient } from "../../src/capabilities/http.ts"
import { createModels } from "../../src/capabilities/models.ts"
import { createDatabases } from "../../src/databases/databases.ts"
import { createFiles } from "../../src/files/files.ts"
import type { MessageContext } from "../../src/messages/context.ts"
import type { Journal } from "../../src/storage/journal.ts"
import { createMemoryFileStore } from "../../src/storage/memory-file-store.ts"
import { Sources } from "../../src/workspace/sources.ts"
import { createWorkspaces } from "../../src/workspace/workspaces.ts"

/**
 * The part of a kernel that must lose nothing: workspaces over a journal, and what a socket can reach of them. Everybody is
 * an editor by the name they give as their token. It starts in a tenth of the time that a whole kernel takes.
 */
export function createCore(journal: Journal, seed: number, log: MessageContext["log"]): MessageContext {
  const clock = () => Date.now()
  const workspaces = createWorkspaces({
    journal,
    sandbox: pushing,
    http: createHttpClient(() => undefined),
    databases: createDatabases(undefined),
    models: createModels({ classes: {}, values: journal.values, tokensPerDay: 0, clock }),
    files: createFiles(createMemoryFileStore()),
    sources: new Sources(),
    limits: Limits.parse({}),
    clock,
    seed: () => seed,
    retryMs: 500,
    idleMs: 3_600_000,
    onChange: () => undefined,
    onEvent: () => undefined,
    roleOf: async () => "owner",
    log,
  })
  const accounts = {
    authenticate: async (token: string) => ({ user: { id: token, name: token, email: "" } }),
    lookIn: async () => Promise.reject(new Error("nobody looks in here")),
    roleOf: async () => "editor" as const,
    onEnded: () => () => undefined,
  }
  return { workspaces, accounts, log }
}

const usage = { wallMs: 0, cpuMs: 0, memoryBytes: 0, hostCalls: 0 }

/** Runs one handler: it puts what it is given at the end of the list that has the handler's name. */
const pushing: Sandbox = {
  run: async ({ input, handler }) => ({
    status: "finished",
    value: null,
    effects: [{ kind: "state_splice", path: [handler], index: 1_000_000, remove: [], insert: [input.args] }],
    usage,
  }),
  resume: () => Promise.reject(new Error("nothing waits here")),
  suspend: () => Promise.reject(new Error("nothing waits here")),
  discard: () => undefined,
  metrics: () => {
    throw new Error("nobody asks")
  },
  close: async () => undefined,
}
