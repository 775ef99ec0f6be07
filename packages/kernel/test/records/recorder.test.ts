import { readdir, readFile } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { zstdDecompressSync } from "node:zlib"
import { createSandbox, type Sandbox } from "@nexus/wasm-bridge"
import { afterAll, beforeAll, expect, test } from "vitest"
import { createMemoryRunRecords } from "../../src/records/memory-run-records.ts"
import { createRunRecorder } from "../../src/records/recorder.ts"
import { replayRun } from "../../src/records/replay.ts"
import { createMemoryJournal } from "../../src/storage/memory-journal.ts"
import { ADA, COUNTER, kernelWith, panel } from "../worlds.ts"
import { countingServer, recordedWorld, waitingRun } from "./recorded-world.ts"

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await createSandbox({ processes: 1 })
})
afterAll(() => sandbox.close())

const TOKEN = 'canary "8f3a91"/+ü'
const OLD = "canary-old-secret"
const PIN = 914_273

const SECRETIVE = panel(
  "Secretive",
  `<State name="token" type="string" secret="true"/><State name="login" type="object" secret="true"/>
   <State name="kept" type="string" secret="true" default="in the source"/>
   <State name="shown" type="list"/><Computed name="loud" value="{$state.token + '!'}"/>`,
  `<Capability type="http" scope="*" reason="Fetches"/><Capability type="time" reason="Waits"/>
   <Handler name="keep">$state.token = $args.token; $state.login = { name: "ada", pin: $args.pin, known: { [$args.token]: 1 } }</Handler>
   <Handler name="use">
     const { token, login, kept } = $state
     $log.info("uses", token, JSON.stringify({ token }), login.pin); $emit("used", { [token]: login.pin })
     $state.shown = [...$state.shown, token + kept, { id: token, pin: login.pin }, encodeURIComponent(token), $computed.loud]
     const headers = { Authorization: "Bearer " + token, "X-Api-Key": "fixed-key", cookie: "a=fixed-cookie", accept: "text/plain" }
     const body = JSON.stringify({ token, pin: login.pin })
     const reply = await nexus.http.fetch($args + "/examples/" + encodeURIComponent(token), { method: "POST", headers, body })
     if (token.length) throw new Error("refused: " + token + " " + reply.text())
   </Handler>
   <Handler name="slow">const { token } = $state; await nexus.sleep(60000); return token</Handler>`,
)

/** Every text that stands in the file of records, with all that is compressed in it, and its raw bytes. */
async function everythingIn(file: string): Promise<string> {
  const raw: string[] = []
  for (const name of await readdir(dirname(file))) {
    if (!name.startsWith(basename(file))) continue
    const bytes = await readFile(join(dirname(file), name))
    raw.push(bytes.toString("latin1"), bytes.toString("utf8"))
  }
  const database = new DatabaseSync(file, { readOnly: true })
  for (const table of ["runs", "steps", "sources"]) {
    for (const row of database.prepare(`SELECT * FROM ${table}`).all()) {
      for (const value of Object.values(row)) {
        raw.push(value instanceof Uint8Array ? zstdDecompressSync(value).toString() : String(value))
      }
    }
  }
  database.close()
  return raw.join("\n")
}

const spellings = (secret: string) => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
  encodeURIComponent(secret),
  Buffer.from(secret).toString("base64"),
]

test("no byte of a secret reaches the file, and a replay with its stand-in comes out the same", async () => {
  const { origin } = await countingServer()
  const world = await recordedWorld({ sandbox, panels: { p: SECRETIVE }, ownOrigin: origin })
  const run = (handler: string, args: string | { token: string; pin: number }) =>
    world.workspace.trigger({ panel: "p", handler, args, trigger: "event", person: ADA })
  await run("keep", { token: TOKEN, pin: PIN })
  const used = await run("use", origin)
  expect(used).toMatchObject({ status: "failed", failure: { message: expect.stringContaining(TOKEN) } })
  const [use, keep] = await world.recorded()
  expect(keep).toMatchObject({
    ...{ redacted: true, args: { token: "__secret_token__", pin: 0 } },
    steps: [{ after: { token: "__secret_token__", login: { pin: 0 }, kept: "in the source" } }],
  })
  expect(use).toMatchObject({
    redacted: true,
    failure: { message: expect.stringContaining("refused: __secret_token__") },
    steps: [
      {
        state: { token: "__secret_token__", login: { pin: 0 } },
        computed: { loud: "__secret_token__!" },
        outcome: { calls: [{ args: [`${origin}/examples/__secret_token__`, { headers: { accept: "text/plain" } }] }] },
      },
      { after: { shown: [] } },
    ].map((step, index) => (index === 0 ? step : expect.objectContaining({ turn: 1 }))),
  })
  for (const record of [use, keep])
    expect(record && (await replayRun(record, sandbox))).toMatchObject({ differences: [] })
  await world.close()
  const everything = await everythingIn(world.file)
  expect(everything).toContain("__secret_token__")
  for (const secret of [TOKEN, String(PIN), "fixed-key", "fixed-cookie", "cookie-1"]) {
    // The handler's own code says the fixed ones; nothing else does.
    const text = everything.replaceAll('"fixed-key"', "").replaceAll("a=fixed-cookie", "")
    for (const spelt of spellings(secret)) expect(text, spelt).not.toContain(spelt)
  }
})

test("a secret that was replaced while a run slept and its kernel ended is no more seen than before", async () => {
  const journal = createMemoryJournal()
  const first = await recordedWorld({ sandbox, journal, panels: { p: SECRETIVE } })
  const trigger = (world: typeof first, handler: string, args: object) =>
    world.workspace.trigger({ panel: "p", handler, args: { ...args }, trigger: "event", person: ADA })
  await trigger(first, "keep", { token: OLD, pin: PIN })
  const asleep = trigger(first, "slow", {})
  const run = await waitingRun(first)
  await trigger(first, "keep", { token: "another one", pin: PIN })
  await first.close()
  await asleep
  const second = await recordedWorld({ sandbox, journal, file: first.file })
  await second.workspace.waiting.goOn(run, "resume", "Ada")
  await expect
    .poll(async () => (await second.recorded()).find(({ handler }) => handler === "slow"), { timeout: 10_000 })
    .toMatchObject({ status: "finished", steps: [{}, { outcome: { value: "__secret_token__" } }] })
  await second.close()
  expect(await everythingIn(second.file)).not.toContain(OLD)
})

test("what finds the queue full is dropped, counted and said once; the run itself goes on", async () => {
  const notes: string[] = []
  const store = createMemoryRunRecords()
  const held = Promise.withResolvers<void>()
  const slow = {
    ...store,
    put: (entries: Parameters<typeof store.put>[0]) => held.promise.then(() => store.put(entries)),
  }
  const records = createRunRecorder({
    store: slow,
    limits: { recordBytes: 10_000 },
    capacity: 4,
    clock: Date.now,
    log: (message) => notes.push(message),
  })
  const world = await kernelWith({ sandbox, records, panels: { p: COUNTER } })
  const click = () => world.workspace.trigger({ panel: "p", handler: "add", args: {}, trigger: "event", person: ADA })
  for (let clicks = 0; clicks < 4; clicks += 1) expect(await click()).toMatchObject({ status: "finished" })
  expect(records.status()).toEqual({ queued: 4, dropped: 5 })
  expect(notes).toEqual(["runs are not recorded"])
  held.resolve()
  const { runs } = await records.list("w", { limit: 10 })
  expect(runs).toMatchObject([{ turns: 1 }, { status: "finished", cut: false }])
  expect(await click()).toMatchObject({ status: "finished" })
  expect((await records.list("w", { limit: 10 })).runs).toHaveLength(3)
})

test("a store that fails costs records and nothing else", async () => {
  const notes: string[] = []
  const store = { ...createMemoryRunRecords(), put: () => Promise.reject(new Error("the disk is full")) }
  const records = createRunRecorder({
    store,
    limits: { recordBytes: 10_000 },
    capacity: 100,
    clock: Date.now,
    log: (message, detail) => notes.push(`${message}: ${JSON.stringify(detail)}`),
  })
  const world = await kernelWith({ sandbox, records, panels: { p: COUNTER } })
  for (let clicks = 0; clicks < 3; clicks += 1) {
    await world.workspace.trigger({ panel: "p", handler: "add", args: {}, trigger: "event", person: ADA })
    expect(await records.list("w", { limit: 10 })).toEqual({ runs: [], more: false })
  }
  expect(records.status().dropped).toBe(7)
  expect(notes).toEqual([expect.stringContaining("the disk is full")])
})

test("what is too large for a record cuts it, arguments included", async () => {
  const world = await recordedWorld({ sandbox, panels: { p: COUNTER }, limits: { recordBytes: 2000 } })
  const args = { by: 1, text: "x".repeat(4000) }
  await world.workspace.trigger({ panel: "p", handler: "add", args, trigger: "event", person: ADA })
  expect(await world.recorded()).toMatchObject([
    { cut: true, cutReason: "its arguments were too large to be kept", args: null, turns: 1, status: "finished" },
  ])
})

test("a secret that one panel hands to another one's tool, or spells in base64, stands in neither record", async () => {
  const lender = panel(
    "Lender",
    '<State name="token" type="string" secret="true"/>',
    `<Capability type="panels:call" scope="Taker" reason="Lends"/>
     <Handler name="keep">$state.token = $args</Handler>
     <Handler name="lend">return await nexus.panels.call("Taker", "take", { key: "k:" + $state.token, packed: $args })</Handler>`,
  )
  const taker = panel(
    "Taker",
    '<State name="got" type="object"/>',
    `<Tool name="take" handler="take" description="Takes"><Arg name="key" type="string"/><Arg name="packed" type="list"/></Tool>
     <Handler name="take">$state.got = $args; return $args.key.toUpperCase().length</Handler>`,
  )
  const world = await recordedWorld({ sandbox, panels: { lender, taker } })
  await world.commit({ kind: "panel_grant", panel: "lender", grant: "panels:call:Taker", granted: true })
  const run = (handler: string, args: string | string[]) =>
    world.workspace.trigger({ panel: "lender", handler, args, trigger: "event", person: ADA })
  await run("keep", OLD)
  const packed = ["", "a", "ab", "ada:"].map((before) => Buffer.from(`${before}${OLD}:end`).toString("base64"))
  expect(await run("lend", packed)).toMatchObject({ status: "finished" })
  const records = await world.recorded()
  const taken = records.find(({ panel: id }) => id === "taker")
  expect(taken).toMatchObject({ redacted: true, args: { key: "k:__secret_token__" } })
  for (const record of records.filter(({ handler }) => handler !== "take")) {
    expect(await replayRun(record, sandbox)).toMatchObject({ differences: [] })
  }
  await world.close()
  const everything = await everythingIn(world.file)
  expect(everything).not.toContain(OLD)
  for (const text of packed) expect(everything).not.toContain(text.slice(4, 20))
})
