import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { brotliCompressSync } from "node:zlib"
import express from "express"
import { expect, test } from "vitest"
import { securityHeaders } from "../../src/gateway/security-headers.ts"
import { studioFiles } from "../../src/gateway/studio-files.ts"

test("only a worker of the sandbox may compile WebAssembly, and it may load and reach nothing", async () => {
  const dir = await mkdtemp(join(tmpdir(), "nexus-studio-"))
  await mkdir(join(dir, "assets"))
  await writeFile(join(dir, "index.html"), "<!doctype html>")
  const names = ["sandbox-worker-Ab_1.js", "worker-Ab_1.js", "index-sandbox-worker-Ab_1.js"]
  for (const name of names) {
    await writeFile(join(dir, "assets", name), "1")
    await writeFile(join(dir, "assets", `${name}.br`), brotliCompressSync("1"))
  }
  const server = express().use(securityHeaders(), studioFiles(dir)).listen(0, "127.0.0.1")
  await new Promise((resolve) => server.once("listening", resolve))
  const { port } = server.address() as AddressInfo
  const policyOf = async (name: string, encoding: string) => {
    const response = await fetch(`http://127.0.0.1:${port}/assets/${name}`, {
      headers: { "accept-encoding": encoding },
    })
    expect(response.status).toBe(200)
    expect(response.headers.get("content-encoding")).toBe(encoding === "br" ? "br" : null)
    expect(response.headers.get("content-type")).toContain("text/javascript")
    expect(response.headers.get("cache-control")).toContain("immutable")
    expect(await response.text()).toBe("1")
    return response.headers.get("content-security-policy")
  }
  for (const encoding of ["br", "identity"]) {
    const [sandbox, ...others] = await Promise.all(names.map((name) => policyOf(name, encoding)))
    expect(sandbox).toBe("default-src 'none'; script-src 'wasm-unsafe-eval'")
    for (const policy of others) {
      expect(policy).toContain("script-src 'self';")
      expect(policy).not.toContain("wasm-unsafe-eval")
    }
  }
  server.close()
  await rm(dir, { recursive: true })
})
