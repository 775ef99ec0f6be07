import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { nexus } from "./nexus.ts"

/** Each call is a process of its own. */
const SLOW = { timeout: 120_000 }

let empty = ""
beforeAll(async () => {
  empty = await mkdtemp(join(tmpdir(), "nexus-"))
})
afterAll(() => rm(empty, { recursive: true }))

test("replay without runs, and test without --from-history, say what to do", SLOW, async () => {
  expect(await nexus(["replay"])).toMatchObject({ code: 2, err: expect.stringContaining("--all") })
  expect(await nexus(["test", "-"], "<NexusPanel/>")).toMatchObject({
    code: 2,
    err: expect.stringContaining("test takes --from-history"),
  })
})

test("a folder without records, a server without a token and a wrong time are said in a sentence", SLOW, async () => {
  const folder = ["--data", empty]
  expect(await nexus(["replay", "--all", ...folder])).toMatchObject({
    code: 1,
    err: expect.stringContaining("runs.sqlite"),
  })
  await writeFile(join(empty, "runs.sqlite"), "no database, and long enough to be taken for one".repeat(100))
  expect((await nexus(["replay", "--all", ...folder])).err).toContain("cannot be read")
  expect(await nexus(["replay", "run_1", "--server", "http://127.0.0.1:9"])).toMatchObject({
    code: 2,
    err: expect.stringContaining("NEXUS_TOKEN"),
  })
  expect(await nexus(["replay", "run_1", "--server", "http://127.0.0.1:9", "--token", "t"])).toMatchObject({
    code: 1,
    err: expect.stringContaining("does not answer"),
  })
  const panel = '<NexusPanel title="P"><View><Text content="x"/></View></NexusPanel>'
  expect(await nexus(["test", "-", "--from-history", "--since", "yesterday", ...folder], panel)).toMatchObject({
    code: 2,
    err: expect.stringContaining("--since takes a time such as 30m, 24h or 7d"),
  })
})

test("help and completion know both commands", SLOW, async () => {
  const { out } = await nexus(["--help"])
  expect(out).toMatch(/replay .*run recorded runs once more/)
  expect(out).toMatch(/test .*run what was triggered before against a/)
  expect((await nexus(["completion", "bash"])).out).toMatch(/test\) words=".*--from-history/)
})
