import { Limits } from "@nexus/protocol"
import { createHttpClient } from "../../src/capabilities/http.ts"
import { createModels } from "../../src/capabilities/models.ts"
import { createDatabases } from "../../src/databases/databases.ts"
import { createFiles } from "../../src/files/files.ts"
import { createMemoryFileStore } from "../../src/storage/memory-file-store.ts"
import { createPostgresJournal } from "../../src/storage/postgres-journal.ts"
import { createSqliteJournal } from "../../src/storage/sqlite-journal.ts"
import { Sources } from "../../src/workspace/sources.ts"
import { createWorkspaces } from "../../src/workspace/workspaces.ts"
import { noMetrics } from "../no-metrics.ts"

/** A process that writes into a journal without pause and says what was acknowledged, until it is killed. */
const [kind, where = "", name = ""] = process.argv.slice(2)
const journal = await (kind === "sqlite" ? createSqliteJournal(where) : createPostgresJournal(where))
const refuse = () => Promise.reject(new Error("no handler runs here"))
const workspaces = createWorkspaces({
  journal,
  sandbox: {
    run: refuse,
    resume: refuse,
    suspend: refuse,
    discard: () => undefined,
    metrics: () => noMetrics,
    close: async () => undefined,
  },
  http: createHttpClient(() => undefined),
  files: createFiles(createMemoryFileStore()),
  databases: createDatabases(undefined),
  models: createModels({ classes: {}, values: journal.values, tokensPerDay: 0, clock: Date.now }),
  sources: new Sources(),
  limits: Limits.parse({}),
  clock: Date.now,
  seed: () => 1,
  retryMs: 100,
  idleMs: 60_000,
  onChange: () => undefined,
  onEvent: () => undefined,
  roleOf: async () => "owner",
  log: () => undefined,
})
const ada = { kind: "person", id: "ada", name: "Ada" } as const
const workspace = await workspaces.create("w", "W", ada)

const lane = async (lane: number): Promise<void> => {
  for (let count = 0; ; count += 1) {
    const id = `${name}.${lane}.${count}`
    const { seq } = await workspace.commit({
      submission: id,
      cause: { actor: ada, reason: "a test" },
      operations: [{ kind: "entity_add", entity: { id, kind: "concept", name: id, scope: "w", properties: {} } }],
    })
    process.send?.({ id, seq })
  }
}
await Promise.all(Array.from({ length: 8 }, (_, index) => lane(index)))
