import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { call, createPanel, FaultClient, HOME } from "./fault-client.ts"
import { type Nexus, startNexus } from "./nexus.ts"
import { refusedStart } from "./refused-start.ts"

/** One that runs, on a machine without Git and without a model; the others are refused beside it. */
let nexus: Nexus
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nexus-starts-"))
  nexus = await startNexus({ env: { PATH: folder } })
})
afterAll(async () => {
  await nexus.close()
  await rm(folder, { recursive: true, force: true })
})

const GARBAGE = "not what it should be ".repeat(500)

/** A data folder of its own for a start that is refused. */
async function dataFolder(name: string, files: { readonly [path: string]: string } = {}): Promise<string> {
  const path = join(folder, name)
  await mkdir(join(path, "keys"), { recursive: true })
  for (const [file, content] of Object.entries(files)) await writeFile(join(path, file), content)
  return path
}

async function stillWorks(): Promise<void> {
  const client = await FaultClient.in(nexus, HOME)
  const panel = await createPanel(nexus)
  expect(await client.trigger(HOME, panel, "add")).toMatchObject({ kind: "handler_finished", status: "finished" })
  expect(await client.stateOf(HOME, panel)).toEqual({ count: 1 })
  client.close()
}

test("without Git a commit is unavailable and says what to install; everything else works", async () => {
  const refused = await call(nexus, "POST", "/workspace/commit", { workspace: HOME })
  expect(refused).toMatchObject({ status: 503, body: { code: "unavailable", what: "Version history" } })
  expect(refused.body.detail).toBe(
    "Version history is not available: Git is not installed on this machine. Install it (apt install git, brew install git, or git-scm.com) and try again; everything else keeps working.",
  )
  await stillWorks()
})

test("without a model the assistant says in one sentence how to get one", async () => {
  const { body } = await call(nexus, "POST", "/ai/complete", { workspace: HOME, message: "Hello" })
  expect(body.text).toMatch(/^event: failed\n.*no AI model is configured; set OPENAI_API_KEY and NEXUS_MODEL/m)
})

test.concurrent("a port that is taken: exit code 1 and one sentence that names it", async () => {
  const { port } = new URL(nexus.url)
  expect(await refusedStart(["--port", port, "--data", await dataFolder("taken")])).toEqual({
    code: 1,
    sentence: `Port ${port} is not available: another program on 127.0.0.1 listens on it. Stop that one, or choose another port.`,
  })
  await stillWorks()
})

test.concurrent.each(["abc", ""])("--port %j is a wrong use: exit code 2", async (port) => {
  expect(await refusedStart([`--port=${port}`])).toEqual({
    code: 2,
    sentence: `--port takes a number from 0 to 65535, not "${port}"`,
  })
})

test.concurrent("a second kernel on the same folder is refused by name, and the first one goes on", async () => {
  const { code, sentence } = await refusedStart(["--port", "0", "--data", nexus.dataDir])
  expect(code).toBe(1)
  expect(sentence).toMatch(
    /^The data folder .* is not available: another Nexus \(process \d+\) works in it\. Stop that one, or give this one another folder\.$/,
  )
  await stillWorks()
})

test.concurrent.each([
  ["the place of a file", async () => join(await dataFolder("full", { file: "" }), "file")],
  ["a folder that cannot be written", async () => "/sys/nexus"],
])("%s as data folder: exit code 1 and one sentence", async (_what, place) => {
  const path = await place()
  const { code, sentence } = await refusedStart(["--port", "0", "--data", path])
  expect(code).toBe(1)
  expect(sentence).toMatch(
    /^The data folder .* is not available: it cannot be written \(E[A-Z]+\)\. Make it writable for this user, or give another folder\.$/,
  )
  expect(sentence).toContain(path)
})

test.concurrent.each([
  ["journal.sqlite", "The journal"],
  ["accounts.sqlite", "The list of accounts"],
  ["keys/access-token.json", "The key of access tokens"],
])("a damaged %s: exit code 1, one sentence that names the file, and the file stays as it is", async (file, what) => {
  const data = await dataFolder(`damaged ${what}`, { [file]: GARBAGE })
  const { code, sentence } = await refusedStart(["--port", "0", "--data", data])
  expect(code).toBe(1)
  expect(sentence.split("\n")).toHaveLength(1)
  expect(sentence).toContain(`${what} is not available: ${join(data, file)} cannot be opened (`)
  expect(sentence).toMatch(
    /\)\. Nothing was changed\. Restore the file from a backup, or start with another data folder\.$/,
  )
  expect(await readFile(join(data, file), "utf8")).toBe(GARBAGE)
})

test("a kernel that was killed leaves its folder free for the next one at once", async () => {
  await nexus.kill()
  nexus = await startNexus({ dataDir: nexus.dataDir, env: { PATH: folder } })
  await stillWorks()
  await expect
    .poll(async () => (await call(nexus, "GET", `/twin/status?workspace=${HOME}`)).body.backend)
    .toBe("clickhouse")
})
