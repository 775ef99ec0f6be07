import { mkdir } from "node:fs/promises"
import { createServer } from "node:http"
import { join } from "node:path"
import { createTriLog, startTracing } from "@nexus/trilog"
import type { Sandbox } from "@nexus/wasm-bridge"
import pino, { type Logger } from "pino"
import { createAccessTokens } from "./accounts/access-tokens.ts"
import { createAccounts } from "./accounts/create-accounts.ts"
import { createHttpClient } from "./capabilities/http.ts"
import { KernelConfig, triLogPlace } from "./config.ts"
import { prepareFirstStart } from "./first-start.ts"
import { createHttp, type Mount } from "./gateway/http.ts"
import { listen } from "./gateway/listen.ts"
import { createMetrics } from "./gateway/metrics.ts"
import { createOrigins } from "./gateway/origins.ts"
import { createSocketGateway } from "./gateway/socket.ts"
import { renderPanelDocument } from "./panels/render.ts"
import { createPatches } from "./patches/patches.ts"
import { createGitVersions } from "./storage/git/git-versions.ts"
import { openDatabase } from "./storage/prisma/database.ts"
import { createSqliteJournal } from "./storage/sqlite-journal.ts"
import { createWorkspaceVersions } from "./versions/workspace-versions.ts"
import { Sources } from "./workspace/sources.ts"
import { createWorkspaces } from "./workspace/workspaces.ts"

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
  readonly log?: Logger
  readonly clock?: () => number
  /** Environment for the programs the kernel starts (Git). */
  readonly env?: NodeJS.ProcessEnv
}

const SIGN_IN_LINK_MS = 24 * 60 * 60 * 1000
const VERSION = "0.1.0"

/** Opens the stores, puts the parts together, listens. */
export async function createKernel(config: KernelConfig, parts: KernelParts): Promise<Kernel> {
  const { dataDir, host, port, studioDir, gallery, limits, ...settings } = KernelConfig.parse(config)
  const { sandbox, mounts = [], clock = Date.now, env = {}, log = pino({ level: "warn" }, pino.destination(2)) } = parts
  const note = (message: string, detail: object) => log.warn(detail, message)
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  let url = ""

  const { journalBytes, journalRetryMs: retryMs } = limits
  const journal = await createSqliteJournal(
    join(dataDir, "journal.sqlite"),
    journalBytes ? { maxBytes: journalBytes } : {},
  )
  const database = await openDatabase(join(dataDir, "accounts.sqlite"))
  const tokens = await createAccessTokens(join(dataDir, "keys", "access-token.json"), clock)
  const accounts = createAccounts(database, tokens, clock)
  const place = triLogPlace(settings.trilog, dataDir)
  const trilog = await createTriLog({ ...place, source: journal, clock, log: (line) => note(line, {}) })
  const tracing = startTracing({ record: (span) => trilog.recordSpan(span), serviceName: "nexus-kernel" })
  const http = createHttpClient(() => url || undefined)
  const workspaces = createWorkspaces({
    journal,
    sandbox,
    http,
    clock,
    retryMs,
    sources: new Sources(),
    limits: limits.run,
    seed: () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
    onChange: (change) => trilog.recordChange(change),
    onEvent: (event) => trilog.recordEvent(event),
    log: note,
  })
  const owner = await accounts.localOwner()
  await prepareFirstStart({ accounts, workspaces }, owner, gallery)

  let stopping = false
  const metrics = createMetrics()
  const allowsOrigin = createOrigins(() => url, settings.origins)
  const versions = createGitVersions({ dir: join(dataDir, "git"), env })
  const app = createHttp({
    accounts,
    workspaces,
    patches: createPatches(database, workspaces, clock),
    versions: createWorkspaceVersions(versions, workspaces, clock),
    twin: trilog,
    render: renderPanelDocument,
    metrics,
    gauges: () => ({
      sessions: socket.sessions,
      sandbox_running: sandbox.metrics().running,
      trilog_queued: trilog.status().queued,
    }),
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
  const server = createServer(app)
  const { messagesPerSecond, sockets: maxSockets } = limits
  const socket = createSocketGateway(server, {
    workspaces,
    accounts,
    allowsOrigin,
    messagesPerSecond,
    maxSockets,
    log: note,
  })
  url = await listen(server, host, port)

  return {
    url,
    signInLink: `${url}/#/sign-in/${await accounts.createSignInCode(owner.id, SIGN_IN_LINK_MS)}`,
    token: async () => (await accounts.issue(owner.id)).accessToken,
    close: async () => {
      stopping = true
      server.close()
      await workspaces.close()
      await socket.close()
      server.closeAllConnections()
      metrics.close()
      await Promise.allSettled([tracing.stop(), trilog.close(), http.close(), journal.close(), accounts.close()])
    },
  }
}
