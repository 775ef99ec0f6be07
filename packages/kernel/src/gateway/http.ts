import type { IncomingMessage, ServerResponse } from "node:http"
import { NexusError, openApiDocument } from "@nexus/protocol"
import express, { type Express, type RequestHandler, Router } from "express"
import type { Accounts } from "../accounts/accounts.ts"
import type { Audit } from "../audit/audit.ts"
import { createRefuseUnseen } from "../narrowing/refuse-unseen.ts"
import type { Patches } from "../patches/patches.ts"
import type { WorkspaceVersions } from "../versions/workspace-versions.ts"
import type { Workspaces } from "../workspace/workspaces.ts"
import type { AnsweredRequests } from "./answered-requests.ts"
import { createRoutes } from "./call.ts"
import { compress } from "./compress.ts"
import { docsRoutes } from "./docs/docs-routes.ts"
import { embedPage } from "./embed-page.ts"
import { errorDoor, type Log, noSuchPath } from "./error-door.ts"
import type { Metrics } from "./metrics.ts"
import { createMetricsDoor } from "./metrics-door.ts"
import { oneReading } from "./one-reading.ts"
import { toOwner } from "./owner.ts"
import { createRateLimits, DEFAULT_RATE_LIMITS, type RateLimitsConfig } from "./rate-limits.ts"
import { accountRoutes } from "./routes/account.ts"
import { auditRoutes } from "./routes/audit.ts"
import { authRoutes } from "./routes/auth.ts"
import { type BundleRouteParts, bundleRoutes } from "./routes/bundles.ts"
import { exampleRoutes } from "./routes/examples.ts"
import { type FileRouteParts, fileRoutes } from "./routes/files.ts"
import { grantRoutes } from "./routes/grants.ts"
import { graphRoutes } from "./routes/graph.ts"
import { type HealthRouteParts, healthRoutes } from "./routes/health.ts"
import { invitationRoutes } from "./routes/invitations.ts"
import { limitRoutes } from "./routes/limits.ts"
import { narrowingRoutes } from "./routes/narrowing.ts"
import { packageRoutes } from "./routes/packages.ts"
import { type PanelRouteParts, panelRoutes } from "./routes/panels.ts"
import { patchRoutes } from "./routes/patches.ts"
import { privacyRoutes } from "./routes/privacy.ts"
import { providerRoutes } from "./routes/provider.ts"
import { type RecordRouteParts, recordRoutes } from "./routes/records.ts"
import { runRoutes } from "./routes/runs.ts"
import { type Twin, twinRoutes } from "./routes/twin.ts"
import { type UsageRouteParts, usageRoutes } from "./routes/usage.ts"
import { versionRoutes } from "./routes/versions.ts"
import { type WorkspaceRouteParts, workspaceRoutes } from "./routes/workspaces.ts"
import { securityHeaders } from "./security-headers.ts"
import { studioFiles, viewerScript } from "./studio-files.ts"
import { traceIdOf, traceRequests } from "./trace-requests.ts"

/** A handler that another package brings, below `path`; it reads the body itself. */
export interface Mount {
  readonly path: string
  handle(request: IncomingMessage, response: ServerResponse): void
}

export interface HttpParts {
  readonly accounts: Accounts
  readonly audit: Audit
  readonly workspaces: Workspaces
  readonly patches: Patches
  readonly versions: WorkspaceVersions
  readonly twin: Twin
  readonly files: FileRouteParts["files"]
  readonly tokens: UsageRouteParts["tokens"]
  readonly records: RecordRouteParts["records"]
  readonly bundles: BundleRouteParts["bundles"]
  readonly health: HealthRouteParts["health"]
  readonly forget: WorkspaceRouteParts["forget"]
  readonly render: PanelRouteParts["render"]
  /** What was told to requests with an Idempotency-Key. */
  readonly answered: AnsweredRequests
  readonly metrics: Metrics
  /** Without it, metrics are read from the kernel's own network. */
  readonly metricsToken?: string | undefined
  /** Numbers of the moment for `/metrics`, by name. */
  readonly gauges: () => Readonly<Record<string, number>>
  /** Lines of other parts for `/metrics`, in its format. */
  readonly moreMetrics?: () => readonly string[]
  /** Why this kernel should get no traffic, when it should not. */
  readonly notReady: () => string | undefined
  readonly mounts: readonly Mount[]
  readonly studioDir: string | undefined
  readonly url: () => string
  readonly allowsOrigin: (origin: string) => boolean
  /** Addresses of proxies whose word about the client's address and scheme is taken; none by default. */
  readonly trustedProxies?: readonly string[]
  readonly limits?: RateLimitsConfig
  readonly version: string
  readonly clock: () => number
  readonly log: Log
}

/** The largest JSON body, in bytes; a longer one is refused by its announced length, before it is read. */
export const MAX_BODY_BYTES = 1.5 * 1024 * 1024

/** The parser's own limit would first read what it refuses; this one hangs up. */
const refuseLongBodies: RequestHandler = (request, response, next) => {
  const actual = Number(request.get("content-length") ?? 0)
  if (actual <= MAX_BODY_BYTES) return next()
  response.set("Connection", "close")
  throw new NexusError({ code: "too-large", what: "request body", limit: MAX_BODY_BYTES, actual, unit: "bytes" })
}

/** Everything the kernel says over HTTP. */
export function createHttp(parts: HttpParts): Express {
  const limits = createRateLimits(parts.limits ?? DEFAULT_RATE_LIMITS)
  const app = express()
  app.disable("x-powered-by")
  app.set("query parser", "simple")
  app.set("trust proxy", [...(parts.trustedProxies ?? [])])
  app.use(parts.metrics.middleware)
  app.use("/api/v1", traceRequests())
  app.use((request, response, next) => {
    response.set("X-Request-Id", traceIdOf(request, response))
    next()
  })
  app.use(securityHeaders())
  app.use(oneReading)

  app.get("/healthz", (_request, response) => {
    response.json({ status: "ok" })
  })
  app.get("/readyz", (_request, response) => {
    const reason = parts.notReady()
    if (reason === undefined) response.json({ status: "ready" })
    else response.status(503).json({ status: "not ready", reason })
  })
  const mayReadMetrics = createMetricsDoor(parts.metricsToken)
  app.get("/metrics", (request, response) => {
    mayReadMetrics(request)
    response.type("text/plain; version=0.0.4").send(parts.metrics.text(parts.gauges(), parts.moreMetrics?.()))
  })
  app.get("/openapi.json", (_request, response) => {
    response.json(openApiDocument({ version: parts.version, url: parts.url() }))
  })
  app.use(exampleRoutes(parts.clock))
  for (const mount of parts.mounts) {
    app.use(mount.path, async (request, response) => {
      response.locals.route = mount.path
      await limits.take("open", request.ip ?? "", response)
      mount.handle(request, response)
    })
  }

  app.use(compress())

  app.use(docsRoutes(() => openApiDocument({ version: parts.version, url: parts.url() })))

  const api = Router()
  api.use((_request, response, next) => {
    response.set("Cache-Control", "no-store")
    next()
  })
  const { workspaces } = parts
  const doors = { refuseUnseen: createRefuseUnseen(workspaces), hold: workspaces.hold }
  const routes = createRoutes(api, { ...parts, ...doors, limits })
  fileRoutes(routes, parts)
  bundleRoutes(routes, parts)
  api.use(refuseLongBodies)
  api.use(express.json({ limit: MAX_BODY_BYTES }))
  authRoutes(routes, { ...parts, limits })
  auditRoutes(routes, parts)
  accountRoutes(routes, { ...parts, limits })
  providerRoutes(routes, parts)
  invitationRoutes(routes, parts)
  workspaceRoutes(routes, parts)
  panelRoutes(routes, { ...parts, viewer: viewerScript(parts.studioDir) })
  packageRoutes(routes, parts)
  recordRoutes(routes, parts)
  runRoutes(routes, parts)
  grantRoutes(routes, parts)
  limitRoutes(routes, parts)
  narrowingRoutes(routes, parts)
  usageRoutes(routes, parts)
  privacyRoutes(routes, { ...parts, limits })
  graphRoutes(routes, parts)
  patchRoutes(routes, parts)
  versionRoutes(routes, parts)
  twinRoutes(routes, parts)
  healthRoutes(routes, parts)
  routes.refuseOtherMethods()
  app.use("/api/v1", api)

  app.use(embedPage(parts.studioDir, parts.accounts, limits))
  app.use(studioFiles(parts.studioDir))
  app.use(noSuchPath())
  app.use(toOwner())
  app.use(errorDoor(parts.log))
  return app
}
