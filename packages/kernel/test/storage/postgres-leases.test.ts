import { fork } from "node:child_process"
import { once } from "node:events"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import pg from "pg"
import { beforeAll, expect, it, onTestFinished } from "vitest"
import { sharedPostgres } from "../../acceptance/private-postgres.ts"
import { createPostgresJournal } from "../../src/storage/postgres-journal.ts"
import { createPostgresLeases, type PostgresLeases } from "../../src/storage/postgres-leases.ts"
import { temporaryDirectory } from "../worlds.ts"

beforeAll(() => sharedPostgres())

const lost = { failure: { code: "lease-lost" } }

/** A database with the workspace `w`, and kernels on it by name. */
async function world() {
  const url = await (await sharedPostgres()).createDatabase()
  const journal = await createPostgresJournal(url)
  await journal.create("w")
  const opened: PostgresLeases[] = []
  onTestFinished(async () => {
    for (const leases of opened) await leases.close()
    await journal.close()
  })
  return {
    url,
    journal,
    pod: async (pod: string, more: { ttlMs?: number; now?: () => number } = {}) => {
      const leases = await createPostgresLeases(url, { pod, log: () => undefined, ...more })
      opened.push(leases)
      await leases.announce(`http://${pod}`)
      return leases
    },
  }
}

const never = () => expect.unreachable("the lease was lost")

it("gives a workspace to one kernel and names it to the others, until it is given back", async () => {
  const { pod } = await world()
  const [a, b] = [await pod("a"), await pod("b")]
  const lease = await a.take("w", never)
  expect(lease.held).toBe(true)
  await expect(b.take("w", never)).rejects.toMatchObject({ failure: { code: "lease-lost", owner: "http://a" } })
  await lease.release()
  expect(lease.held).toBe(false)
  expect((await b.take("w", never)).held).toBe(true)
  await expect(a.take("w", never)).rejects.toMatchObject(lost)
})

it("knows no workspace that was never created", async () => {
  const { pod } = await world()
  await expect((await pod("a")).take("nowhere", never)).rejects.toMatchObject({ failure: { code: "not-found" } })
})

it("renews what it holds, for longer than a lease lasts", async () => {
  const { pod } = await world()
  const [a, b] = [await pod("a", { ttlMs: 600 }), await pod("b")]
  const lease = await a.take("w", never)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  expect(lease.held).toBe(true)
  await expect(b.take("w", never)).rejects.toMatchObject(lost)
})

it("a kernel whose time has passed knows it before anybody else may begin, by its own clock alone", async () => {
  const { pod } = await world()
  let now = 0
  const a = await pod("a", { now: () => now })
  const lease = await a.take("w", () => undefined)
  now = 2249
  expect(lease.held).toBe(true)
  now = 2250
  expect(lease.held).toBe(false)
})

it("an owner whose lease has ended is told once, and the next one takes it", async () => {
  const { pod, url } = await world()
  const told: string[] = []
  const a = await pod("a", { ttlMs: 600 })
  const lease = await a.take("w", () => told.push("lost"))
  const other = new pg.Client(url)
  await other.connect()
  // As when it was frozen and the lease ran out meanwhile.
  await other.query("UPDATE journal.leases SET until = clock_timestamp() - interval '1 second', pod = 'c'")
  await other.end()
  const b = await pod("b")
  expect((await b.take("w", never)).held).toBe(true)
  await expect.poll(() => told).toEqual(["lost"])
  expect(lease.held).toBe(false)
})

it("only a kernel that holds the lease can void the owner's epoch", async () => {
  const { pod, url } = await world()
  const [first, second] = await Promise.all([
    createPostgresJournal(url, { pod: "a" }),
    createPostgresJournal(url, { pod: "b" }),
  ])
  const a = await pod("a")
  const lease = await a.take("w", never)
  const epoch = await first.acquire("w")
  await expect(second.acquire("w")).rejects.toMatchObject(lost)
  await lease.release()
  await (await pod("b")).take("w", never)
  expect(await second.acquire("w")).toBe(epoch + 1)
  await expect(first.acquire("w")).rejects.toMatchObject(lost)
  await Promise.all([first.close(), second.close()])
})

it("the workspaces of a process that was killed are free at once", async () => {
  const { pod, url } = await world()
  const source = new URL("../../src/storage/postgres-leases.ts", import.meta.url)
  const program = join(await temporaryDirectory(), "holder.ts")
  await writeFile(
    program,
    `const { createPostgresLeases } = await import(${JSON.stringify(source.href)})
     const leases = await createPostgresLeases(process.argv[2], { pod: "killed", log: () => {}, ttlMs: 600_000 })
     await leases.take("w", () => {})
     process.send("held")`,
  )
  const holder = fork(program, [url], { stdio: ["ignore", "ignore", "inherit", "ipc"] })
  await once(holder, "message")
  const b = await pod("b")
  await expect(b.take("w", never)).rejects.toMatchObject(lost)
  holder.kill("SIGKILL")
  await once(holder, "exit")
  await expect
    .poll(() =>
      b.take("w", never).then(
        (lease) => lease.held,
        () => false,
      ),
    )
    .toBe(true)
})
