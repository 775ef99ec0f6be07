import { mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { PROTOCOL_VERSION } from "@nexus/protocol"
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

it("any kernel takes any client: what another one has is asked of that one", WHOLE, async () => {
  const url = await database()
  const [first, second] = await Promise.all([kernelOn(url), kernelOn(url)])
  const kernels = [first.kernel, second.kernel]
  const clients = await Promise.all(
    kernels.map(async (kernel) => {
      const client = await WireClient.connect(kernel.url)
      client.send({ kind: "hello", token: await kernel.token(), protocol: PROTOCOL_VERSION })
      const { session } = await client.next("welcome")
      client.send({ kind: "subscribe", workspace: "home" })
      await client.next("snapshot")
      return { client, session }
    }),
  )
  // Each hears of both under its own session's name, wherever the workspace is.
  for (const { client, session } of clients) {
    const { peers } = await client.next("presence", (message) => message.peers.length === 2)
    expect(peers.map((peer) => peer.session)).toContain(session)
  }
  const answers = await Promise.all(
    clients.map(({ client }, index) => client.submit("home", [note(`concept_${index}`)])),
  )
  expect(answers).toMatchObject([{ kind: "accepted" }, { kind: "accepted" }])
  for (const { client } of clients)
    for (const [index] of answers.entries())
      await client.next("change", ({ change }) => JSON.stringify(change).includes(`"concept_${index}"`))

  const ask = async (kernel: Kernel, path: string, more: { body?: object; headers?: Record<string, string> } = {}) => {
    const headers = { authorization: `Bearer ${await kernel.token()}`, "content-type": "application/json" }
    const { body } = more
    const reply = await fetch(`${kernel.url}/api/v1${path}`, {
      headers: { ...headers, ...more.headers },
      ...(body ? { method: "POST", body: JSON.stringify(body) } : {}),
    })
    return { status: reply.status, body: await reply.json() }
  }
  const created = await Promise.all(kernels.map((kernel) => ask(kernel, "/workspaces", { body: { name: "Another" } })))
  expect(created.map(({ status }) => status)).toEqual([201, 201])
  for (const kernel of kernels) {
    expect((await ask(kernel, "/workspaces")).body.workspaces).toHaveLength(3)
    for (const { body } of created) expect((await ask(kernel, `/workspaces/${body.id}`)).status).toBe(200)
    const found = await ask(kernel, "/nog/query", {
      body: { workspace: "home", query: { find: "id", ids: ["concept_0", "concept_1"] } },
    })
    expect(found.status, JSON.stringify(found.body)).toBe(200)
  }
  const passedOn = await Promise.all(
    kernels.map((kernel) => ask(kernel, "/workspaces/home", { headers: { "nexus-passed-on": "1" } })),
  )
  // A request is passed on once; the second kernel says who has it.
  expect(passedOn.map(({ status }) => status).sort()).toEqual([200, 503])
  const owner = passedOn[0]?.status === 200 ? first.kernel : second.kernel
  expect(passedOn.find(({ status }) => status === 503)?.body).toMatchObject({ code: "lease-lost", owner: owner.url })

  const other = owner === first.kernel ? second.kernel : first.kernel
  const through = clients[kernels.indexOf(other)]?.client
  await owner.close()
  // Its line ends with the owner's, and a new one finds the workspace here.
  expect(await through?.closed).toBe(1012)
  const client = await WireClient.signedIn(other.url, await other.token())
  expect(await client.submit("home", [note("concept_2")])).toMatchObject({ kind: "accepted" })
  await client.close()
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
