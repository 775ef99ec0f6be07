import { expect, it } from "vitest"
import { readSettings } from "../src/settings.ts"

it("without any setting everything is as it is for one person on one machine", () => {
  const { config, sandboxEngine, sandboxProcesses } = readSettings({ PATH: "/bin", NEXUS_ORIGINS: "" })
  expect(config).toMatchObject({ origins: [], trustedProxies: [], trilog: "embedded" })
  expect(sandboxEngine).toBe("v8")
  expect(sandboxProcesses.least).toBeGreaterThanOrEqual(1)
  expect(sandboxProcesses.most).toBeUndefined()
})

it("reads every setting under its one name", () => {
  const { config, sandboxEngine, sandboxProcesses } = readSettings({
    NEXUS_DATABASE: "postgres://nexus:secret@db/nexus",
    NEXUS_POD_URL: "http://10.0.0.7:4000",
    NEXUS_ORIGINS: "https://a.example, https://b.example",
    NEXUS_TRUSTED_PROXIES: "loopback,10.0.0.0/8",
    NEXUS_TRILOG: "http://user:secret@clickhouse:8123",
    NEXUS_TRILOG_QUEUE: "100",
    NEXUS_MESSAGES_PER_SECOND: "50",
    NEXUS_FETCHES_PER_MINUTE: "60",
    NEXUS_WORKSPACES_MB: "64",
    NEXUS_GIT_REMOTES: "ssh://git@git.example/team/,/srv/git",
    NEXUS_GIT_SSH_KEY: "/keys/id",
    NEXUS_GIT_KNOWN_HOSTS: "/keys/hosts",
    NEXUS_SANDBOX_ENGINE: "wasmedge",
    NEXUS_SANDBOX_PROCESSES: "1",
  })
  expect(config).toEqual({
    database: "postgres://nexus:secret@db/nexus",
    podUrl: "http://10.0.0.7:4000",
    origins: ["https://a.example", "https://b.example"],
    trustedProxies: ["loopback", "10.0.0.0/8"],
    trilog: "http://user:secret@clickhouse:8123",
    remotes: {
      opened: ["ssh://git@git.example/team/", "/srv/git"],
      sshKey: "/keys/id",
      knownHosts: "/keys/hosts",
    },
    limits: { messagesPerSecond: 50, recordQueue: 100, fetchesPerMinute: 60, workspacesBytes: 64 * 1024 * 1024 },
  })
  expect(sandboxEngine).toBe("wasmedge")
  expect(sandboxProcesses).toEqual({ least: 1, most: 1 })
  expect(readSettings({ NEXUS_SANDBOX_MOST_PROCESSES: "9" }).sandboxProcesses).toMatchObject({ most: 9 })
})

it("an OpenID provider is named by its issuer, and what may be done by it has careful defaults", () => {
  const named = { NEXUS_OIDC_ISSUER: "https://id.example.org", NEXUS_OIDC_CLIENT_ID: "nexus" }
  expect(readSettings(named).config.provider).toEqual({
    issuer: "https://id.example.org",
    clientId: "nexus",
    clientSecret: undefined,
    domains: [],
    createAccounts: true,
    linkByAddress: false,
  })
  const more = {
    NEXUS_OIDC_DOMAINS: "a.example, b.example",
    NEXUS_OIDC_ACCOUNTS: "existing",
    NEXUS_OIDC_LABEL: "Example",
  }
  expect(readSettings({ ...named, ...more, NEXUS_OIDC_LINK: "verified-address" }).config.provider).toMatchObject({
    label: "Example",
    domains: ["a.example", "b.example"],
    createAccounts: false,
    linkByAddress: true,
  })
  expect(readSettings({}).config.provider).toBeUndefined()
})

it.each([
  [{ NEXUS_OIDC_ISSUER: "https://id.example.org" }, "NEXUS_OIDC_CLIENT_ID: names this installation"],
  [
    { NEXUS_OIDC_ISSUER: "https://a.example", NEXUS_OIDC_CLIENT_ID: "a", NEXUS_OIDC_CLIENT_SECRET_FILE: "/nowhere" },
    "NEXUS_OIDC_CLIENT_SECRET_FILE: names a file that cannot be read",
  ],
  [{ NEXUS_BREACHED_PASSWORDS: "ftp://list" }, "NEXUS_BREACHED_PASSWORDS: takes a file, or an address"],
  [{ NEXUS_ORIGINS: "nexus.example.org" }, "NEXUS_ORIGINS.0: takes origins such as https://nexus.example.org"],
  [{ NEXUS_TRILOG: "ftp://clickhouse" }, "NEXUS_TRILOG: takes embedded, journal, or a ClickHouse server's URL"],
  [{ NEXUS_DATABASE: "mysql://u:secret@db/nexus" }, "NEXUS_DATABASE: takes a PostgreSQL server's URL such as"],
  [{ NEXUS_POD_URL: "here" }, "NEXUS_POD_URL: takes the URL at which other kernels reach this one"],
  [{ NEXUS_TRILOG_QUEUE: "many" }, "NEXUS_TRILOG_QUEUE: takes a number"],
  [{ NEXUS_MESSAGES_PER_SECOND: "0" }, "NEXUS_MESSAGES_PER_SECOND: takes a number above 0"],
  [{ NEXUS_SANDBOX_ENGINE: "jsc" }, "NEXUS_SANDBOX_ENGINE: takes v8 or wasmedge"],
  [{ NEXUS_SANDBOX_PROCESSES: "1.5" }, "NEXUS_SANDBOX_PROCESSES: takes a whole number"],
])("a setting that cannot be read is refused by its name: %j", (env, sentence) => {
  expect(() => readSettings(env)).toThrow(sentence.replace(".0", ""))
})
