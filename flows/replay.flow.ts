import { spawn } from "node:child_process"
import { writeFile } from "node:fs/promises"
import { join, resolve } from "node:path"
import { text } from "node:stream/consumers"
import { afterEach, expect, test } from "vitest"
import { type Nexus, startNexus } from "./nexus.ts"

/** What people clicked yesterday is run once more: as it was, and against a panel that was changed. */
const SOURCE = `<NexusPanel title="Till">
  <Data>
    <State name="total" type="number"/>
    <State name="receipts" type="list"/>
  </Data>
  <Logic>
    <Capability type="time" reason="Waits for the printer"/>
    <Capability type="kv" scope="till" reason="Counts customers"/>
    <Capability type="http" scope="*" reason="Looks prices up"/>
    <Handler name="sell">
      if ($args.amount > 90) throw new Error("too much: " + $args.amount)
      $state.total += $args.amount
      $state.receipts = [...$state.receipts.slice(-5), { id: $id(), at: $now(), lucky: Math.floor($random() * 10) }]
      return $state.total
    </Handler>
    <Handler name="print">
      const customer = (await nexus.kv.get("till", "customers") ?? 0) + 1
      await nexus.kv.set("till", "customers", customer)
      await nexus.sleep(5)
      const prices = (await nexus.http.fetch("/examples/prices")).json()
      $log.info("customer", customer)
      return { customer, prices: Object.keys(prices).length }
    </Handler>
  </Logic>
  <View><Text content="{$state.total}"/></View>
</NexusPanel>`

let server: Nexus | undefined
afterEach(() => server?.close())

async function nexus(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const root = resolve(import.meta.dirname, "..")
  const child = spawn(process.execPath, ["apps/cli/src/main.ts", ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  })
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((done) => child.once("exit", done)),
  ])
  return { out, err, code }
}

test("what was triggered over HTTP is replayed the same, and a planted change is found before it is saved", {
  timeout: 300_000,
}, async () => {
  server = await startNexus()
  const { url, token, dataDir } = server
  const ask = async (method: string, path: string, body: object) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" }
    const response = await fetch(`${url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) })
    return response.status === 204 ? {} : await response.json()
  }
  const workspace: string = (await ask("POST", "/workspaces", { name: "Shop" })).id
  const panel: string = (await ask("POST", "/panels", { workspace, source: SOURCE })).id
  for (const grant of ["time", "kv:till", "http:*"]) {
    await ask("PUT", `/panels/${panel}/grants?workspace=${workspace}`, { grant, granted: true })
  }
  const trigger = (handler: string, args: object) =>
    ask("POST", `/panels/${panel}/handlers/${handler}?workspace=${workspace}`, { args })
  for (let amount = 1; amount <= 100; amount += 3) await trigger("sell", { amount })
  for (let customer = 0; customer < 6; customer += 1)
    expect(await trigger("print", {})).toMatchObject({ status: "finished" })

  const folder = ["--data", dataDir]
  const wire = ["--server", url, "--workspace", workspace]
  const all = await nexus(["replay", "--all", "--panel", "Till", ...folder])
  expect(all).toMatchObject({ code: 0, out: "40 replayed, 40 equal, 0 different, 0 not replayable\n" })
  const asked = await nexus(["replay", "--all", "--panel", panel, "--json", ...wire], { NEXUS_TOKEN: token })
  const { runs, ...counts } = JSON.parse(asked.out)
  expect(counts).toEqual({ replayed: 40, equal: 40, different: 0, notReplayable: 0 })
  const file = join(dataDir, "till.nxml")
  const tried = async (from: string, to: string, ...more: string[]) => {
    await writeFile(file, SOURCE.replace(from, to))
    return nexus(["test", file, "--from-history", ...folder, ...more])
  }
  const planted = await tried("if ($args.amount > 90)", "if ($args.amount >= 88)")
  expect(planted.code).toBe(1)
  expect(planted.out).toContain("sell:\n  1 of 34 runs would come out differently\n")
  expect(planted.out).toMatch(/run_\w+, .*, with \{"amount":88\}\n {6}finished → failed: too much: 88\n/)
  expect(planted.out).toMatch(/state total: 1335 → 1247\n/)
  expect(planted.out).toContain("40 tried, 39 the same, 1 different, 0 could not be tried\n")

  const gone = await tried('name="print"', 'name="printReceipt"', "--since", "1h")
  expect(gone.out).toContain("print:\n  the handler is called printReceipt now; 6 runs asked for it by its name\n")

  await server.kill()
  const one = await nexus(["replay", runs[0].run, ...folder])
  expect(one.out).toMatch(/^run_\w+ {2}print in Till, \d{4}-.*: equal\n1 replayed, 1 equal/)
})
