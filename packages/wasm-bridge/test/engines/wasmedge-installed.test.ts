import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { fetchFromDebian } from "../../src/engines/wasmedge/debian.ts"
import { findWasmEdge } from "../../src/engines/wasmedge/installed.ts"
import { createSandbox } from "../../src/index.ts"

describe("a wasmedge library", { timeout: 60_000 }, () => {
  let folder = ""
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "nexus-wasmedge-"))
    vi.stubEnv("XDG_CACHE_HOME", folder)
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  })

  it("that does not load is named, and takes only the process that tried along", async () => {
    const file = join(folder, "libwasmedge.so.0")
    writeFileSync(file, "no library")
    vi.stubEnv("NEXUS_WASMEDGE", file)
    expect(await findWasmEdge()).toEqual({ ok: false, why: `${file} does not load.` })
  })

  it("that is missing makes createSandbox say what to install", async () => {
    vi.stubEnv("NEXUS_WASMEDGE", join(folder, "none.so"))
    await expect(createSandbox({ engine: "wasmedge" })).rejects.toMatchObject({
      failure: {
        code: "unavailable",
        what: "The WasmEdge engine",
        detail: expect.stringMatching(/^no library was found\. .*apt-get install libwasmedge0.*dnf.*brew/),
      },
    })
  })

  it("that cannot be fetched in time leaves nothing behind", async () => {
    const fetched = await fetchFromDebian(1, () => {})
    expect(fetched).toMatchObject({ ok: false, why: expect.stringMatching(/\.$/) })
    expect(
      readdirSync(folder, { recursive: true }).filter((name) => name !== "nexus" && name !== "nexus/wasmedge"),
    ).toEqual([])
  })
})
