import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import pg from "pg"
import { freePort } from "./free-port.ts"
import { unprivileged } from "./unprivileged.ts"

/**
 * A PostgreSQL server of one's own, from Debian's packages: in a temporary folder, on a free port of this machine, with
 * a password, and with the settings a server has (fsync on). It ends with whoever started it, however that ends: a shell
 * between the two waits for the pipe to close. PostgreSQL refuses to run as root, so root starts it as somebody else.
 */
export interface PrivatePostgres {
  /** The process id of the server itself. */
  readonly pid: number
  /** A new, empty database, or a copy of another; resolves with its URL. */
  createDatabase(template?: string): Promise<string>
  /** What stands in a database, past every store. */
  rows(url: string, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  close(): Promise<void>
}

let shared: Promise<PrivatePostgres> | undefined

/** One server for all test files of a process, started when the first of them asks; each test makes its database. */
export function sharedPostgres(): Promise<PrivatePostgres> {
  shared ??= startPrivatePostgres()
  return shared
}

const READY_WITHIN_MS = 30_000
const USER = "nexus"
/** Stops the server at once when stdin closes, and takes its folder away. */
const KEEPER = `"$@" >log 2>&1 & echo $!; read _; kill -QUIT $!; wait $!; cd /; rm -rf "$FOLDER"`

export async function startPrivatePostgres(settings: Readonly<Record<string, string>> = {}): Promise<PrivatePostgres> {
  const bin = postgresBin()
  if (bin === undefined) throw new Error("there is no PostgreSQL here. On Debian: sudo apt-get install postgresql")
  const folder = mkdtempSync(join(tmpdir(), "nexus-postgres-"))
  const who = unprivileged()
  if (who.uid !== undefined && who.gid !== undefined) chownSync(folder, who.uid, who.gid)
  const password = randomBytes(12).toString("hex")
  const passwordFile = join(folder, "password")
  writeFileSync(passwordFile, password, { mode: 0o644 })
  const data = join(folder, "data")
  const said = ["-U", USER, "-A", "scram-sha-256", "--pwfile", passwordFile, "--locale=C", "-E", "UTF8", "--no-sync"]
  execFileSync(join(bin, "initdb"), ["-D", data, ...said], { ...who, cwd: folder, stdio: "ignore" })
  rmSync(passwordFile)

  const port = await freePort()
  const given = { listen_addresses: "127.0.0.1", unix_socket_directories: folder, max_connections: "60", ...settings }
  const flags = Object.entries(given).flatMap(([name, value]) => ["-c", `${name}=${value}`])
  const server = [join(bin, "postgres"), "-D", data, "-p", String(port), ...flags]
  const keeper = spawn("/bin/sh", ["-c", KEEPER, "sh", ...server], {
    ...who,
    cwd: folder,
    env: { PATH: process.env.PATH, FOLDER: folder },
    stdio: ["pipe", "pipe", "ignore"],
  })
  const [line]: unknown[] = await once(keeper.stdout, "data")
  // Whoever forgets to close it may end all the same.
  keeper.unref()
  for (const pipe of [keeper.stdin, keeper.stdout]) if (pipe instanceof Socket) pipe.unref()
  const urlOf = (database: string) => `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`
  await ready(urlOf("postgres"), keeper, join(folder, "log"))

  let made = 0
  return {
    pid: Number(line),
    createDatabase: async (template) => {
      made += 1
      const name = `nexus_${made}`
      const copied = template === undefined ? "" : ` TEMPLATE ${new URL(template).pathname.slice(1)}`
      const client = new pg.Client(urlOf("postgres"))
      await client.connect()
      await client.query(`CREATE DATABASE ${name}${copied}`)
      await client.end()
      return urlOf(name)
    },
    rows: async (url, sql) => {
      const client = new pg.Client(url)
      await client.connect()
      try {
        return (await client.query(sql)).rows
      } finally {
        await client.end()
      }
    },
    close: async () => {
      keeper.ref()
      keeper.stdin.end()
      if (keeper.exitCode === null) await once(keeper, "exit")
    },
  }
}

/** Where `initdb` and `postgres` are: the newest that Debian's packages brought. */
function postgresBin(): string | undefined {
  const root = "/usr/lib/postgresql"
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : []
  return versions.map((version) => join(root, version, "bin")).find((bin) => existsSync(join(bin, "initdb")))
}

async function ready(url: string, keeper: ChildProcess, log: string): Promise<void> {
  const end = performance.now() + READY_WITHIN_MS
  for (;;) {
    const client = new pg.Client(url)
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (keeper.exitCode === null && performance.now() < end) await wait(30)
      else throw new Error(`PostgreSQL did not start: ${readFileSync(log, "utf8")}`, { cause: error })
    }
  }
}
