import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { nexus } from "./nexus.ts"

const SOURCE = `<NexusPanel title="Counter">
  <!-- kept -->
  <Data><State name="count" type="number" default="4"/></Data>
  <View><Text content="{$state.count} things"/></View>
</NexusPanel>
`
let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "nexus-build-"))
  await writeFile(join(dir, "counter.nxml"), SOURCE)
})
afterAll(() => rm(dir, { recursive: true }))

test("build writes a compiled panel, and back the same letters", async () => {
  const built = await nexus(["build", join(dir, "counter.nxml"), "--json"])
  expect(built.json()).toMatchObject({ files: [{ out: join(dir, "counter.nxb") }] })
  const back = await nexus(["build", "--back", join(dir, "counter.nxb"), "--out", join(dir, "again.nxml")])
  expect([back.code, back.err]).toEqual([0, ""])
  expect(await readFile(join(dir, "again.nxml"), "utf8")).toBe(SOURCE)
})

test("check and render read a compiled panel", async () => {
  await nexus(["build", join(dir, "counter.nxml")])
  expect((await nexus(["check", join(dir, "counter.nxb")])).code).toBe(0)
  expect((await nexus(["render", join(dir, "counter.nxb")])).out).toContain(">4 things</p>")
})

test("what was built for viewers has no way back, and a damaged file says so", async () => {
  const out = join(dir, "viewer.nxb")
  await nexus(["build", join(dir, "counter.nxml"), "--no-source", "--out", out])
  const back = await nexus(["build", "--back", out])
  expect(back.code).toBe(1)
  expect(back.err).toContain("carries no source")
  await writeFile(out, (await readFile(out)).subarray(0, 100))
  const damaged = await nexus(["check", out])
  expect(damaged.code).toBe(1)
  expect(damaged.err).toContain("cut off or damaged")
})

test("a panel with errors is not built", async () => {
  await writeFile(join(dir, "wrong.nxml"), SOURCE.replace("$state.count", "$state.cuont"))
  const ended = await nexus(["build", join(dir, "wrong.nxml")])
  expect(ended.code).toBe(1)
  expect(ended.err).toContain("cuont")
})
