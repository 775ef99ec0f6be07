import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createKernel, type Kernel } from "@nexus/kernel"
import { createSandbox, type Sandbox } from "@nexus/wasm-bridge"
import { afterAll, beforeAll, expect, test } from "vitest"
import { runCli } from "../src/program.ts"

/* Commands that ask a running server, which is a real one. They run in this process: what is new in them starts none. */

let dir = ""
let sandbox: Sandbox
let kernel: Kernel
let asked: string[]

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "nexus-commands-"))
  sandbox = await createSandbox({ processes: 1 })
  kernel = await createKernel({ dataDir: join(dir, "data"), trilog: "journal", limits: { tier: "free" } }, { sandbox })
  asked = ["--server", kernel.url, "--token", await kernel.token()]
})
afterAll(async () => {
  await kernel?.close()
  await sandbox?.close()
  await rm(dir, { recursive: true, force: true })
})

async function nexus(args: readonly string[]) {
  const said = { out: "", err: "" }
  const code = await runCli(args, {
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
    read: (file) => readFile(file, "utf8"),
    readBytes: (file) => readFile(file),
    write: (file, content) => writeFile(file, content),
    stopped: new Promise(() => undefined),
    streams: { input: process.stdin, output: process.stdout },
    env: {},
  })
  return { code, ...said, json: (): unknown => JSON.parse(said.out) }
}

test("what export wrote import makes a workspace of, and a file that is there is not written over", async () => {
  const out = join(dir, "home.zip")
  const written = await nexus(["export", "--out", out, "--history", "--json", ...asked])
  expect(written.json()).toMatchObject({ workspace: "home", file: out })
  const again = await nexus(["export", "--out", out, ...asked])
  expect([again.code, again.err]).toEqual([2, expect.stringContaining("EEXIST")])
  const made = await nexus(["import", out, "--name", "Second", "--json", ...asked])
  expect(made.json()).toMatchObject({ name: "Second", role: "owner" })
  const refused = await nexus(["import", import.meta.filename, ...asked])
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("no bundle of a workspace")])
})

test("audit verify says that the log is as it was written, and finds a head that never was", async () => {
  const verified = await nexus(["audit", "verify", ...asked])
  expect(verified.code).toBe(0)
  const [head = ""] = /\d+:[0-9a-f]{64}/.exec(verified.out) ?? []
  expect((await nexus(["audit", "verify", "--head", head, ...asked])).code).toBe(0)
  const other = await nexus(["audit", "verify", "--head", `1:${"0".repeat(64)}`, "--json", ...asked])
  expect(other.code).toBe(1)
  expect(other.json()).toMatchObject({ ok: false, broken: { n: 1 } })
  expect((await nexus(["audit", "verify", "--head", "latest", ...asked])).code).toBe(2)
})

test("tier says what a workspace may use, and gives it another tier", async () => {
  expect((await nexus(["tier", "home", "--json", ...asked])).json()).toMatchObject({ tier: "free" })
  const given = await nexus(["tier", "home", "pro", ...asked])
  expect([given.code, given.out]).toEqual([0, expect.stringContaining("home has the tier pro\n  panels: ")])
  const wrong = await nexus(["tier", "home", "gold", ...asked])
  expect([wrong.code, wrong.err]).toEqual([2, "a tier is free, pro, enterprise\n"])
})
