import { mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createSandbox } from "@nexus/wasm-bridge"
import { pino } from "pino"
import { beforeAll, expect, it, onTestFinished } from "vitest"
import { sharedPostgres } from "../acceptance/private-postgres.ts"
import { createKernel, type Kernel } from "../src/kernel.ts"
import { WireClient } from "./wire-client.ts"

/** A whole kernel with its own data folder on a database that it may share. */
async function kernelOn(database: string): Promise<{ kernel: Kernel; dataDir: string; logged: string[] }> {
  const dataDir = await mkdtemp(join(tmpdir(), "nexus-pod-"))
  const sandbox = await createSandbox({ processes: 1 })
  const logged: string[] = []
  const log = pino({ level: "trace" }, { write: (line: string) => logged.push(line) })
  const kernel = await createKernel({ dataDir, database, trilog: "journal" }, { sandbox, log })
  onTestFinished(async () => {
    await kernel.close()
    await sandbox.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  return { kernel, dataDir, logged }
}

const database = async () => (await sharedPostgres()).createDatabase()

const note = (id: string) => ({
  kind: "entity_add" as const,
  entity: { id, kind: "concept" as const, name: id, scope: "home", properties: {} },
})

// Whole kernels start here, several a test.
const WHOLE = { timeout: 60_000 }
beforeAll(() => sharedPostgres())

it("keeps journal and accounts on PostgreSQL, and finds them again with another data folder", WHOLE, async () => {
  const url = await database()
  const first = await kernelOn(url)
  const client = await WireClient.signedIn(first.kernel.url, await first.kernel.token())
  expect(await client.submit("home", [note("concept_a")])).toMatchObject({ kind: "accepted" })
  await client.close()
  const token = await first.kernel.token()
  expect(await readdir(first.dataDir)).not.toContain("journal.sqlite")
  expect(await readdir(first.dataDir)).not.toContain("accounts.sqlite")
  await first.kernel.close()
  const second = await kernelOn(url)
  // The key of tokens is the database's too: whoever signed in at one kernel is known at the next.
  const again = await WireClient.signedIn(second.kernel.url, token)
  again.send({ kind: "subscribe", workspace: "home" })
  const { snapshot } = await again.next("snapshot")
  expect(snapshot.entities.map(({ id }) => id)).toContain("concept_a")
  await again.close()
})

it("a second kernel on the database serves people and leaves the first its workspaces", WHOLE, async () => {
  const url = await database()
  const [first, second] = await Promise.all([kernelOn(url), kernelOn(url)])
  const clients = await Promise.all(
    [first, second].map(async ({ kernel }) => WireClient.signedIn(kernel.url, await kernel.token())),
  )
  const answers = await Promise.all(clients.map((client, index) => client.submit("home", [note(`concept_${index}`)])))
  expect(answers.map(({ kind }) => kind).sort()).toEqual(["accepted", "rejected"])
  const owner = answers[0]?.kind === "accepted" ? first : second
  expect(answers.find(({ kind }) => kind === "rejected")).toMatchObject({
    failure: { code: "lease-lost", owner: owner.kernel.url },
  })
  const other = owner === first ? second : first
  await owner.kernel.close()
  const client = await WireClient.signedIn(other.kernel.url, await other.kernel.token())
  expect(await client.submit("home", [note("concept_2")])).toMatchObject({ kind: "accepted" })
  for (const each of [...clients, client]) await each.close()
})

it("never says the database's password: not in a failure, not in the log, not in the data folder", WHOLE, async () => {
  const url = await database()
  const { password } = new URL(url)
  const { kernel, dataDir, logged } = await kernelOn(url)
  await kernel.close()
  const nowhere = new URL(url)
  nowhere.pathname = "/nowhere"
  const failed = await kernelOn(nowhere.href).catch((error: unknown) => error)
  const files = (await readdir(dataDir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const kept = await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), "latin1")))
  expect(String(failed)).toContain('/nowhere cannot be used (database "nowhere" does not exist)')
  for (const text of [...logged, ...kept, String(failed)]) expect(text.includes(password)).toBe(false)
})
