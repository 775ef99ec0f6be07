import { join } from "node:path"
import { type Endpoint, endpoints, Failure, Limits, Problem } from "@nexus/protocol"
import type { Sandbox } from "@nexus/wasm-bridge"
import { onTestFinished } from "vitest"
import type { AccountsParts } from "../../src/accounts/create-accounts.ts"
import { createBundles } from "../../src/bundles/bundles.ts"
import { createHttpClient } from "../../src/capabilities/http.ts"
import { createModels } from "../../src/capabilities/models.ts"
import { createDatabases } from "../../src/databases/databases.ts"
import { createFiles } from "../../src/files/files.ts"
import { createAnsweredRequests } from "../../src/gateway/answered-requests.ts"
import { createHttpServer } from "../../src/gateway/broken-requests.ts"
import { createHttp, type HttpParts } from "../../src/gateway/http.ts"
import { createMetrics } from "../../src/gateway/metrics.ts"
import { renderPanelDocument } from "../../src/panels/render.ts"
import { createPatches, type Patches } from "../../src/patches/patches.ts"
import { createMemoryRunRecords } from "../../src/records/memory-run-records.ts"
import { createGitRemotes, type GitRemotesOptions } from "../../src/storage/git/git-remotes.ts"
import { createGitVersions } from "../../src/storage/git/git-versions.ts"
import { createMemoryFileStore } from "../../src/storage/memory-file-store.ts"
import { createMemoryJournal } from "../../src/storage/memory-journal.ts"
import { createWorkspaceVersions, type WorkspaceVersions } from "../../src/versions/workspace-versions.ts"
import { Sources } from "../../src/workspace/sources.ts"
import { createWorkspaces, type Workspaces } from "../../src/workspace/workspaces.ts"
import { type TestAccounts, withAccounts } from "../accounts/with-accounts.ts"
import { noMetrics } from "../no-metrics.ts"

/** The gateway on a free port, with real accounts, Git and workspaces. No handler runs here: there is no sandbox. */
export interface TestHttp {
  readonly url: string
  readonly world: TestAccounts
  readonly workspaces: Workspaces
  readonly patches: Patches
  readonly versions: WorkspaceVersions
  /** What the gateway logged. */
  readonly logged: object[]
  /** A registered person and their way to call the API. */
  person(name: string): Promise<Person>
  /** Whoever holds this token. */
  personBy(token: string): Pick<Person, "call">
}

export interface Person {
  readonly id: string
  readonly name: string
  readonly token: string
  /** Calls `/api/v1<path>`; a body is sent as JSON. */
  call(method: string, path: string, body?: unknown): Promise<Answer>
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any
}

export async function withHttp(
  more: Partial<HttpParts> = {},
  accounts: Partial<AccountsParts> = {},
  reach: Partial<GitRemotesOptions> = {},
): Promise<TestHttp> {
  const world = await withAccounts(accounts)
  const clock = () => world.clock.now
  const http = createHttpClient(() => undefined)
  const files = createFiles(createMemoryFileStore())
  const databases = createDatabases(undefined)
  const journal = createMemoryJournal()
  const workspaces = createWorkspaces({
    journal,
    sandbox: noSandbox,
    sources: new Sources(),
    http,
    files,
    databases,
    models: createModels({ classes: {}, values: journal.values, tokensPerDay: 0, clock }),
    limits: Limits.parse({}),
    clock,
    seed: () => 1,
    retryMs: 100,
    idleMs: Number.POSITIVE_INFINITY,
    onChange: (change) => versions.autoCommits.onChange(change),
    onEvent: () => {},
    roleOf: world.accounts.roleOf,
    log: () => {},
  })
  const patches = createPatches(world.database, workspaces, clock)
  const git = createGitVersions({ dir: join(world.dir, "git"), env: process.env })
  const opened = [`${world.dir}/remotes`]
  const remotes = createGitRemotes({ dir: join(world.dir, "git"), env: process.env, opened, ...reach })
  const versions = createWorkspaceVersions({
    versions: git,
    remotes,
    workspaces,
    values: journal.values,
    clock,
    log: () => undefined,
  })
  const metrics = createMetrics()
  const logged: object[] = []
  let url = ""
  const app = createHttp({
    accounts: world.accounts,
    audit: world.audit,
    workspaces,
    patches,
    versions,
    twin: noTwin,
    tokens: async () => ({ used: 0, limit: 0 }),
    records: createMemoryRunRecords(),
    files,
    bundles: createBundles({ files, values: journal.values, databases, clock }),
    health: noHealth,
    forget: () => undefined,
    render: renderPanelDocument,
    answered: createAnsweredRequests(world.database, clock),
    metrics,
    gauges: () => ({ open_workspaces: 1 }),
    notReady: () => undefined,
    mounts: [],
    studioDir: undefined,
    url: () => url,
    allowsOrigin: (origin) => origin === url,
    version: "0.0.0",
    clock,
    log: { error: (detail) => logged.push(detail) },
    ...more,
  })
  const server = createHttpServer().on("request", app)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  if (typeof address !== "object" || !address) throw new Error("no port")
  url = `http://127.0.0.1:${address.port}`

  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    metrics.close()
    await versions.close()
    await workspaces.close()
    await http.close()
  })
  return {
    url,
    world,
    workspaces,
    patches,
    versions,
    logged,
    personBy: (token) => ({ call: (method, path, body) => call(url, token, method, path, body) }),
    async person(name) {
      const email = `${name.toLowerCase()}@example.org`
      const { user, accessToken } = await world.accounts.register({ email, name, password: `${name} has a password` })
      return {
        id: user.id,
        name,
        token: accessToken,
        call: (method, path, body) => call(url, accessToken, method, path, body),
      }
    },
  }
}

async function call(url: string, token: string, method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const json = /json\b/.test(response.headers.get("content-type") ?? "")
  const answer = { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text }
  checkAnswer(method, path, answer)
  return answer
}

/** Whatever is answered in a test must be what the protocol says is answered. */
function checkAnswer(method: string, path: string, { status, body }: Answer): void {
  if (status >= 400) {
    Problem.parse(body)
    Failure.parse(body)
    return
  }
  const [plain = ""] = path.split("?")
  const served = Object.values<Endpoint>(endpoints).find(
    (endpoint) =>
      endpoint.method.toUpperCase() === method &&
      new RegExp(`^${endpoint.path.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(plain),
  )
  if (served?.status !== status) throw new Error(`${method} ${path} answered ${status}`)
  if (status !== 204) served.answer.parse(body)
}

/** A panel with one shared number; `title` and `extra` vary it. */
export function counterSource(title = "Counter", extra = ""): string {
  return `<NexusPanel title="${title}">
  <Data>
    <State name="count" type="number" default="0"/>
    <State name="items" type="list" default='[{"id":"a","done":false}]'/>
  </Data>
  <Logic>${extra}
    <Handler name="add">$state.count += 1</Handler>
  </Logic>
  <View>
    <Metric label="Count" value="{$state.count}"/>
  </View>
</NexusPanel>
`
}

const noSandbox: Sandbox = {
  run: async () => ({
    status: "failed",
    failure: { code: "sandbox-crashed", detail: "there is none" },
    effects: [],
    usage: { wallMs: 0, cpuMs: 0, memoryBytes: 0, hostCalls: 0 },
  }),
  resume: async () => {
    throw new Error("nothing waits")
  },
  suspend: async () => {
    throw new Error("nothing waits")
  },
  discard: () => {},
  metrics: () => noMetrics,
  close: async () => {},
}

const noHealth: HttpParts["health"] = {
  read: () => Promise.reject(new Error("nobody asks how it is")),
  sandboxes: () => {
    throw new Error("there is no sandbox")
  },
  starts: async () => [],
}

const noTwin: HttpParts["twin"] = {
  workspaceAt: async (id, at) => {
    const root = { id, kind: "workspace", name: "Then", properties: {}, scope: id }
    return { seq: 3, at, entities: [root], relationships: [] }
  },
  timeline: async (_workspace, from, to, limit) => [{ from, to, limit: limit ?? null }],
  diff: async (_workspace, a, b) => ({ a, b }),
  why: async (_workspace, panel, path) => (panel === "panel_unknown" ? undefined : { panel, path }),
  status: () => ({ backend: "journal" }),
}
