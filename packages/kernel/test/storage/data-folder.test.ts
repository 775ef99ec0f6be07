import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, it } from "vitest"
import { openDataFolder } from "../../src/storage/data-folder.ts"

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nexus-folder-"))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it("is made where it is missing, for this user alone", async () => {
  const path = join(folder, "deep/data")
  openDataFolder(path).close()
  expect((await stat(path)).mode & 0o077).toBe(0)
})

it("has one holder, who is named to the next, and is free again when that one leaves", () => {
  const first = openDataFolder(folder)
  expect(() => openDataFolder(folder, 0)).toThrow(`another Nexus (process ${process.pid}) works in it.`)
  first.close()
  openDataFolder(folder, 0).close()
})

it("is free again as soon as its holder is killed", async () => {
  const source = new URL("../../src/storage/data-folder.ts", import.meta.url)
  const program = `const { openDataFolder } = await import(${JSON.stringify(source.href)})
    globalThis.held = openDataFolder(${JSON.stringify(folder)})
    console.log("held")
    setInterval(() => {}, 1000)`
  const holder = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  })
  await once(holder.stdout, "data")
  expect(() => openDataFolder(folder, 0)).toThrow(`another Nexus (process ${holder.pid}) works in it.`)
  holder.kill("SIGKILL")
  await once(holder, "exit")
  openDataFolder(folder, 0).close()
})
