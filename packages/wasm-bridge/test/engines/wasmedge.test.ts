import { spawnSync } from "node:child_process"
import { describe, expect, it } from "vitest"
import { runRequest } from "../../acceptance/run-request.ts"
import { sandboxContract } from "../../acceptance/sandbox-contract.ts"
import { fetchFromDebian } from "../../src/engines/wasmedge/debian.ts"
import { findWasmEdge } from "../../src/engines/wasmedge/installed.ts"
import { wasmEdgeProcess } from "../../src/engines/wasmedge/process.ts"
import { createSandbox, type Sandbox } from "../../src/index.ts"

const FETCH_MS = 90_000

/** Why the engine cannot run here, or nothing: what was missing has then been fetched, and the interpreter compiled. */
async function missing(): Promise<string> {
  const found = await findWasmEdge()
  if (found.ok) return ""
  const fetched = await fetchFromDebian(FETCH_MS, () => {})
  if (!fetched.ok) return `${found.why} ${fetched.why}`
  const second = await findWasmEdge()
  return second.ok ? "" : second.why
}

const why = await missing()
if (why === "") {
  const type = await wasmEdgeProcess(() => {})
  sandboxContract("wasmedge", () => createSandbox({ engine: "wasmedge", processes: 2 }), { mixedRuns: 200 })

  describe("the engines", { timeout: 60_000 }, () => {
    it("take over each other's waiting runs", async () => {
      const key = new Uint8Array(32).fill(7)
      const [v8, wasmedge] = await Promise.all([
        createSandbox({ processes: 1 }),
        createSandbox({ engine: "wasmedge", processes: 1 }),
      ])
      const crossed = async (from: Sandbox, to: Sandbox) => {
        const request = runRequest("const kept = [$args.a, 'kept']\nawait nexus.sleep(1)\nreturn kept")
        expect((await from.run(request)).status).toBe("waiting")
        const suspended = await from.suspend(request.id, key)
        if (!suspended.ok) throw new Error(suspended.failure.code)
        const { id, input } = request
        return to.resume({ id, replies: [{ id: 1, value: null }], input }, { bytes: suspended.bytes, key })
      }
      expect(await crossed(v8, wasmedge)).toMatchObject({ status: "finished", value: [1, "kept"] })
      expect(await crossed(wasmedge, v8)).toMatchObject({ status: "finished", value: [1, "kept"] })
      await Promise.all([v8.close(), wasmedge.close()])
    })
  })

  describe("a process on wasmedge", { timeout: 60_000 }, () => {
    it("may read no other file, write none, start no process and reach no address, but load add-ons", () => {
      const attempt = (code: string) => {
        const script = `const refused = (error) => console.log(error.code)
          try { ${code} } catch (error) { refused(error) }`
        const { stdout } = spawnSync(type.command, [...type.before, ...type.rights, "-e", script], {
          env: {},
          encoding: "utf8",
        })
        return stdout.trim()
      }
      expect(attempt(`require("fs").readFileSync("/etc/passwd"); console.log("read")`)).toBe("ERR_ACCESS_DENIED")
      expect(attempt(`require("fs").writeFileSync(${JSON.stringify(type.wasmFile)}, "")`)).toBe("ERR_ACCESS_DENIED")
      expect(attempt(`require("child_process").execSync("true"); console.log("ran")`)).toBe("ERR_ACCESS_DENIED")
      expect(attempt(`require("net").connect(1, "127.0.0.1").on("error", refused)`)).toBe("ERR_ACCESS_DENIED")
      expect(attempt(`process.dlopen({ exports: {} }, "/none.node")`)).toBe("ERR_DLOPEN_FAILED")
    })
  })
} else {
  console.log(`The contract was not run on wasmedge: ${why}`)
  it("wasmedge cannot be had here, and what is missing is said", async () => {
    expect(await findWasmEdge()).toMatchObject({ ok: false, why: expect.stringMatching(/\.$/) })
  })
}
