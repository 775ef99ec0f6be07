import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { apply, type Change, Graph, Limits, type Operation } from "@nexus/protocol"
import type { Sandbox } from "@nexus/wasm-bridge"
import { onTestFinished } from "vitest"
import { createHttpClient } from "../src/capabilities/http.ts"
import { type Complete, createModels } from "../src/capabilities/models.ts"
import { createDatabases, type DatabaseLimits, DEFAULT_DATABASE_LIMITS } from "../src/databases/databases.ts"
import { createFiles, DEFAULT_FILE_LIMITS, type FileLimits, type Files } from "../src/files/files.ts"
import { createPanelOperation } from "../src/panels/new-panel.ts"
import type { RunRecorder } from "../src/records/recorder.ts"
import type { Journal } from "../src/storage/journal.ts"
import { createMemoryFileStore } from "../src/storage/memory-file-store.ts"
import { createMemoryJournal } from "../src/storage/memory-journal.ts"
import type { WorkspaceParts } from "../src/workspace/open-workspace.ts"
import type { RunEvent } from "../src/workspace/run-event.ts"
import { Sources } from "../src/workspace/sources.ts"
import type { WaitingOptions } from "../src/workspace/waiting/waits.ts"
import type { Workspace } from "../src/workspace/workspace.ts"
import { createWorkspaces, type Workspaces } from "../src/workspace/workspaces.ts"
import { noMetrics } from "./no-metrics.ts"

/** Worlds for tests, built the way real ones are: by committing operations. */
export const ADA = { kind: "person", id: "ada", name: "Ada" } as const

export interface World {
  readonly workspaces: Workspaces
  readonly workspace: Workspace
  readonly journal: Journal
  readonly files: Files
  /** What was recorded, in order. */
  readonly changes: readonly Change[]
  readonly events: readonly RunEvent[]
  readonly notes: readonly string[]
  commit(...operations: Operation[]): Promise<Change>
  /** Ends it before the test does. */
  close(): Promise<void>
}

/**
 * A workspace "w" of Ada's with these panels, over a journal in memory unless another is given. It is closed when the
 * test that made it is over.
 */
export async function kernelWith(
  given: {
    readonly panels?: { readonly [id: string]: string }
    readonly journal?: Journal
    readonly sandbox?: Sandbox
    readonly limits?: Partial<Limits>
    readonly files?: Partial<FileLimits>
    readonly databases?: Partial<DatabaseLimits>
    readonly models?: { readonly [modelClass: string]: Complete }
    readonly tokensPerDay?: number
    readonly clock?: () => number
    readonly ownOrigin?: string
    readonly retryMs?: number
    readonly idleMs?: number
    readonly memoryBytes?: number
    readonly waiting?: WaitingOptions
    readonly quietMs?: number
    readonly records?: RunRecorder
    readonly onChange?: (change: Change) => void
    /** Everybody owns the workspace unless this says otherwise. */
    readonly roleOf?: WorkspaceParts["roleOf"]
  } = {},
): Promise<World> {
  const { panels = {}, journal = createMemoryJournal(), sandbox = noSandbox } = given
  const changes: Change[] = []
  const events: RunEvent[] = []
  const notes: string[] = []
  const http = createHttpClient(() => given.ownOrigin)
  const files = createFiles(createMemoryFileStore(), { ...DEFAULT_FILE_LIMITS, ...given.files })
  const databases = createDatabases(undefined, { ...DEFAULT_DATABASE_LIMITS, ...given.databases })
  const { models: classes = {}, tokensPerDay = 1000, clock = Date.now } = given
  const models = createModels({ classes, values: journal.values, tokensPerDay, clock })
  let seed = 0
  const workspaces = createWorkspaces({
    journal,
    sandbox,
    http,
    files,
    databases,
    models,
    sources: new Sources(),
    clock,
    seed: () => ++seed,
    retryMs: given.retryMs ?? 50,
    idleMs: given.idleMs ?? Number.POSITIVE_INFINITY,
    ...(given.memoryBytes === undefined ? {} : { memoryBytes: given.memoryBytes }),
    ...(given.waiting ? { waiting: given.waiting } : {}),
    ...(given.quietMs === undefined ? {} : { quietMs: given.quietMs }),
    ...(given.records ? { records: given.records } : {}),
    limits: Limits.parse(given.limits ?? {}),
    onChange: (change) => {
      changes.push(change)
      given.onChange?.(change)
    },
    onEvent: (event) => events.push(event),
    roleOf: given.roleOf ?? (async () => "owner"),
    log: (message, detail) => notes.push(`${message} ${JSON.stringify(detail)}`),
  })
  const workspace = await workspaces.create("w", "W", ADA)
  const commit = (...operations: Operation[]) =>
    workspace.commit({
      submission: `s${Math.random()}`.replace("0.", ""),
      cause: { actor: ADA, reason: "a test" },
      operations,
    })
  for (const [id, source] of Object.entries(panels)) await commit(addPanel(id, source))
  let closed: Promise<unknown> | undefined
  const close = async (): Promise<void> => {
    closed ??= workspaces.close().then(() => Promise.all([http.close(), databases.close()]))
    await closed
  }
  onTestFinished(close)
  return {
    workspaces,
    workspace,
    journal,
    files,
    changes,
    events,
    notes,
    commit,
    close,
  }
}

/** The graph that these operations make from nothing. */
export function graphAfter(operations: readonly Operation[]): Graph {
  const graph = new Graph()
  const applied = apply(graph, operations)
  if (!applied.ok) throw new Error(JSON.stringify(applied.failure))
  return graph
}

/** The graph that the journal holds, read from its first change on. */
export async function replay(journal: Journal, workspace = "w"): Promise<Graph> {
  const changes = await journal.changes(workspace, 0, 1_000_000)
  return graphAfter(changes.flatMap(({ operations }) => operations))
}

export function addPanel(id: string, source: string): Operation {
  return createPanelOperation({ id, workspace: "w", source, frame: { x: 0, y: 0, w: 300, h: 200 } })
}

/** NXML of a panel with this data and logic. */
export function panel(title: string, data: string, logic = "", view = '<Text content="Hello"/>'): string {
  return `<NexusPanel title="${title}" version="1.0.0">
  <Data>${data}</Data>
  <Logic>${logic}</Logic>
  <View>${view}</View>
</NexusPanel>`
}

export const COUNTER = panel(
  "Counter",
  '<State name="count" type="number" default="0"/>',
  '<Handler name="add">$state.count += $args.by ?? 1</Handler>',
  '<Metric label="Count" value="{$state.count}"/><Button label="Add" onClick="add()"/>',
)

/** A folder that is gone when the test is over. */
export async function temporaryDirectory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "nexus-"))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

/** For worlds in which no handler runs. */
const noSandbox: Sandbox = {
  run: () => Promise.reject(new Error("this world has no sandbox")),
  resume: () => Promise.reject(new Error("this world has no sandbox")),
  suspend: () => Promise.reject(new Error("this world has no sandbox")),
  discard: () => undefined,
  metrics: () => noMetrics,
  close: () => Promise.resolve(),
}
