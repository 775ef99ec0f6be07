import { join } from "node:path"
import { createId } from "@nexus/protocol"
import { createTriLog, startTracing } from "@nexus/trilog"
import type { Sandbox } from "@nexus/wasm-bridge"
import type { Logger } from "pino"
import type * as z from "zod"
import { createBreachedPasswords } from "./accounts/breached-passwords.ts"
import { createAccounts } from "./accounts/create-accounts.ts"
import { openSigningKey } from "./accounts/signing-key.ts"
import { createAudit } from "./audit/create-audit.ts"
import { grantsOf } from "./audit/grants-of.ts"
import { createBundles } from "./bundles/bundles.ts"
import { createHttpClient } from "./capabilities/http.ts"
import { type Complete, createModels } from "./capabilities/models.ts"
import { KernelConfig, triLogPlace } from "./config.ts"
import { createDatabases } from "./databases/databases.ts"
import { createEnding, type Ending } from "./ending.ts"
import { createFiles, DEFAULT_FILE_LIMITS } from "./files/files.ts"
import { prepareFirstStart } from "./first-start.ts"
import { createAnsweredRequests } from "./gateway/answered-requests.ts"
import { createHttpServer } from "./gateway/broken-requests.ts"
import { createDrain } from "./gateway/drain.ts"
import { createHttp, type Mount } from "./gateway/http.ts"
import { listen } from "./gateway/listen.ts"
import { messageMetricsText } from "./gateway/message-metrics.ts"
import { createMetrics } from "./gateway/metrics.ts"
import { createOrigins } from "./gateway/origins.ts"
import { sandboxMetricsText } from "./gateway/sandbox-metrics.ts"
import { createSocketGateway, type SocketGateway } from "./gateway/socket.ts"
import { workspacesMetricsText } from "./gateway/workspaces-metrics.ts"
import { createChecks } from "./health/check-parts.ts"
import { createHealth } from "./health/health.ts"
import { createStarts } from "./health/starts.ts"
import { createVitals } from "./health/vitals.ts"
import { createLog } from "./log.ts"
import { renderPanelDocument } from "./panels/render.ts"
import { createPatches } from "./patches/patches.ts"
import { openRunRecorder } from "./records/open-run-recorder.ts"
import { openDataFolder } from "./storage/data-folder.ts"
import { openDiskFileStore } from "./storage/disk-file-store.ts"
import { openKey } from "./storage/key-file.ts"
import { opening } from "./storage/opening.ts"
import { openStores } from "./storage/stores.ts"
import { openVersions } from "./versions/open-versions.ts"
import { memoryShare } from "./workspace/memory-share.ts"
import { Sources } from "./workspace/sources.ts"
import { createWorkspaces, type Workspaces } from "./workspace/workspaces.ts"

/** A running kernel. `close` stops taking work, lets what runs end, and is done within 2 s. */
export interface Kernel {
  readonly url: string
  /** Signs the owner of this machine in, once, in a browser. */
  readonly signInLink: string
  /** A fresh access token of the owner, for this process itself. */
  token(): Promise<string>
  close(): Promise<void>
}

export interface KernelParts {
  readonly sandbox: Sandbox
  /** What other packages serve on the same port. */
  readonly mounts?: readonly Mount[]
  /** Who answers handlers that ask an AI model, by class of models; absent where none is configured. */
  readonly models?: { readonly [modelClass: string]: Complete }
  readonly log?: Logger
  readonly clock?: () => number
  /** Environment for the programs the kernel starts (Git). */
  readonly env?: NodeJS.ProcessEnv
}

const SIGN_IN_LINK_MS = 24 * 60 * 60 * 1000
const VERSION = "0.1.0"
/** How long those who were asking at the end are waited for. */
const DRAIN_MS = 300
/** All parts together; the sandbox, which is not ours to close, and the process's own end stay within 2 s. */
const CLOSE_WITHIN_MS = 1350

/** Opens the stores, puts the parts together, listens. What was opened is closed again when a later part refuses. */
export async function createKernel(config: KernelConfig, parts: KernelParts): Promise<Kernel> {
  const { log = createLog() } = parts
  const ending = createEnding(CLOSE_WITHIN_MS, (message, detail) => log.warn(detail, message))
  try {
    return await openKernel(KernelConfig.parse(config), { ...parts, log }, ending)
  } catch (error) {
    await ending.run()
    throw error
  }
}

async function openKernel(
  { dataDir, host, port, studioDir, gallery, limits, ...settings }: z.output<typeof KernelConfig>,
  {
    sandbox,
    mounts = [],
    models: classes = {},
    clock = Date.now,
    env = {},
    log,
  }: KernelParts & { readonly log: Logger },
  ending: Ending,
): Promise<Kernel> {
  const note = (message: string, detail: object) => log.warn(detail, message)
  const folder = openDataFolder(dataDir)
  ending.add("the data folder", 100, () => folder.close())
  let url = ""

  const { journalBytes, journalRetryMs: retryMs, idleMs, recordQueue: capacity } = limits
  const stores = await openStores({ dataDir, database: settings.database, journalBytes, log: note })
  const { journal, database, leases } = stores
  ending.add("the journal", 300, () => stores.closeJournal())
  ending.add("the accounts", 200, () => database.$disconnect())
  const keyFile = join(dataDir, "keys", "access-token.json")
  const audit = createAudit(database, clock)
  const sealFile = join(dataDir, "keys", "second-factor.key")
  const accounts = createAccounts({
    database,
    signingKey: await opening("The key of access tokens", keyFile, () =>
      stores.openKey(keyFile, () => openSigningKey(keyFile, clock)),
    ),
    sealingKey: await opening("The key of second factors", sealFile, () =>
      stores.openKey(sealFile, () => openKey(sealFile)),
    ),
    clock,
    audit,
    admit: async (workspace, members) => (await workspaces.open(workspace)).quota.checkMembers(members),
    ...(settings.provider ? { provider: settings.provider } : {}),
    ...(settings.breachedPasswords ? { breached: createBreachedPasswords(settings.breachedPasswords, note) } : {}),
  })
  const starts = createStarts(audit, createId("kernel"), note)
  const began = starts.begin()
  ending.add("the note of the end", 150, () => began.then(starts.end))
  const trilog = await createTriLog({
    ...triLogPlace(settings.trilog, dataDir),
    source: { changes: journal.changes, workspaces: () => accounts.workspaces() },
    clock,
    capacity,
    log: (line) => note(line, {}),
  })
  ending.add("the record", 700, (withinMs) => trilog.close(withinMs - 100))
  const tracing = startTracing({ record: (span) => trilog.recordSpan(span), serviceName: "nexus-kernel" })
  ending.add("tracing", 100, () => tracing.stop())
  const http = createHttpClient(() => url || undefined, { requestsPerMinute: limits.fetchesPerMinute })
  ending.add("the http capability", 100, () => http.close())
  const server = createHttpServer()
  const drain = createDrain(server)
  let socket: SocketGateway | undefined
  ending.add("connections", 300, async () => {
    await socket?.close()
    server.closeAllConnections()
  })
  const filesDir = join(dataDir, "files")
  const store = await opening("The folder of files", filesDir, () => openDiskFileStore(filesDir))
  const files = createFiles(
    store,
    { ...DEFAULT_FILE_LIMITS, ...limits.files },
    async (id) => (await workspaces.open(id)).quota.allowance.storageBytes,
  )
  const databases = createDatabases(join(dataDir, "databases"))
  ending.add("databases", 400, () => databases.close())
  const waitingKeyFile = join(dataDir, "keys", "waiting-runs.key")
  const waiting = {
    key: await opening("The key of waiting runs", waitingKeyFile, () =>
      stores.openKey(waitingKeyFile, () => openKey(waitingKeyFile)),
    ),
  }
  const records = await openRunRecorder(join(dataDir, "runs.sqlite"), limits.records, clock, note)
  ending.add("recorded runs", 400, () => records.close())
  const models = createModels({
    classes,
    values: journal.values,
    tokensPerDay: limits.aiTokensPerDay,
    allowanceOf: async (id) => (await workspaces.open(id)).quota.allowance.aiTokensPerDay,
    clock,
  })
  const workspaces: Workspaces = createWorkspaces({
    journal,
    leases,
    records,
    waiting,
    sandbox,
    http,
    files,
    databases,
    models,
    quotas: {
      tiers: limits.tiers,
      tier: limits.tier,
      onRefused: (workspace, what, limit) => {
        audit
          .record({ action: "quota.refused", workspace, detail: { what, limit } })
          .catch((error: unknown) => log.error({ err: error }, "a refusal was not written to the audit log"))
      },
    },
    clock,
    retryMs,
    idleMs,
    memoryBytes: limits.workspacesBytes ?? memoryShare(),
    sources: new Sources(),
    limits: limits.run,
    seed: () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
    onChange: (change) => {
      trilog.recordChange(change)
      versions.autoCommits.onChange(change)
      for (const record of grantsOf(change))
        audit
          .record(record)
          .catch((error: unknown) => log.error({ err: error }, "a right was not written to the audit log"))
    },
    onEvent: (event) => trilog.recordEvent(event),
    onClosed: (id) => void versions.rest(id),
    roleOf: accounts.roleOf,
    log: note,
  })
  ending.add("workspaces", 850, () => workspaces.close())
  const versions = openVersions(
    { dataDir, env, remotes: settings.remotes },
    { workspaces, values: journal.values, clock, log: note },
  )
  ending.add("versions", 200, () => versions.close())
  const owner = await stores.alone(async () => {
    const local = await accounts.localOwner()
    await prepareFirstStart({ accounts, workspaces }, local, gallery)
    return local
  })

  let stopping = false
  const metrics = createMetrics()
  ending.add("metrics", 100, () => metrics.close())
  const vitals = createVitals(clock, () => ({
    sockets: socket?.sessions ?? 0,
    recordLagMs: trilog.status().lagMs,
  }))
  ending.add("vital signs", 100, () => vitals.close())
  const allowsOrigin = createOrigins(() => url, settings.origins)
  const app = createHttp({
    accounts,
    audit,
    bundles: createBundles({ files, values: journal.values, databases, clock }),
    files,
    tokens: models.today,
    records,
    workspaces,
    patches: createPatches(database, workspaces, clock),
    versions,
    twin: trilog,
    forget: (workspace) => {
      for (const [what, gone] of [
        ["a record was", trilog.forget(workspace)],
        ["files were", files.forget(workspace)],
        ["a database was", databases.forget(workspace)],
        ["recorded runs were", records.forget(workspace)],
        ["versions were", versions.forget(workspace)],
      ] as const)
        gone.catch((error: unknown) => note(`${what} not removed`, { workspace, error: String(error) }))
    },
    health: createHealth({
      version: VERSION,
      startedAt: clock(),
      ...{ vitals, starts, dataDir },
      checks: createChecks({
        ...{ journal, database, env, record: trilog.status },
        place: settings.database === undefined ? "SQLite" : "PostgreSQL",
      }),
      record: trilog.status,
      runRecords: records.status,
      workspaces: workspaces.metrics,
      sandbox: () => sandbox.metrics(),
    }),
    render: renderPanelDocument,
    answered: createAnsweredRequests(database, clock),
    metrics,
    metricsToken: settings.metricsToken,
    gauges: () => ({
      sessions: socket?.sessions ?? 0,
      trilog_queued: trilog.status().queued,
      trilog_dropped: trilog.status().dropped,
      run_records_queued: records.status().queued,
      run_records_dropped: records.status().dropped,
    }),
    moreMetrics: () => [
      ...sandboxMetricsText(sandbox.metrics()),
      ...workspacesMetricsText(workspaces.metrics()),
      ...(socket ? messageMetricsText(socket.messages()) : []),
    ],
    notReady: () => (stopping ? "the kernel is stopping" : undefined),
    mounts,
    studioDir,
    url: () => url,
    allowsOrigin,
    trustedProxies: settings.trustedProxies,
    ...(limits.http ? { limits: limits.http } : {}),
    version: VERSION,
    clock,
    log,
  })
  server.on("request", app)
  const { messagesPerSecond, sockets: maxSockets } = limits
  socket = createSocketGateway(server, {
    workspaces,
    accounts,
    allowsOrigin,
    messagesPerSecond,
    maxSockets,
    log: note,
  })
  url = await listen(server, host, port)
  await stores.announce(settings.podUrl ?? url)
  accounts
    .workspaces()
    .then((ids) => Promise.all([workspaces.wake(ids), versions.autoCommits.wake(ids)]))
    .catch((error: unknown) => note("waiting runs were not looked for", { error: String(error) }))

  return {
    url,
    signInLink: `${url}/#/sign-in/${await accounts.createSignInCode(owner.id, SIGN_IN_LINK_MS)}`,
    token: async () => (await accounts.issue(owner.id)).accessToken,
    close: () => {
      stopping = true
      ending.add("requests", DRAIN_MS, (withinMs) => drain.finish(withinMs - 20))
      return ending.run()
    },
  }
}
