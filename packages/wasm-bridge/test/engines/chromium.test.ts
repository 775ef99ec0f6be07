import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { describeOutcome, runRequest, TIGHT } from "../../acceptance/run-request.ts"
import { sandboxContract } from "../../acceptance/sandbox-contract.ts"
import { waitingRunsCanBeTakenElsewhere } from "../../acceptance/suspension-contract.ts"
import { createSandbox, type Sandbox } from "../../src/index.ts"
import { type ChromiumPage, missingChromium, openChromium } from "./chromium/chromium.ts"

const why = missingChromium()
if (why === "") {
  const chromium = await openChromium()
  afterAll(() => chromium.close())
  sandboxContract("v8 in Chromium", () => chromium.create(2), {
    timeout: 600_000,
    stackBytes: 64 * 1024,
    mixedRuns: 200,
  })
  theSandboxOfAPage(chromium)
} else {
  console.log(`The contract was not run in Chromium: ${why}`)
  it("Chromium cannot be had here, and what is missing is said", () => expect(why).toMatch(/\.$/))
}

function theSandboxOfAPage(chromium: ChromiumPage): void {
  describe("the sandbox of a page", { timeout: 60_000 }, () => {
    let here: Sandbox
    let there: Sandbox
    let node: Sandbox
    beforeAll(async () => {
      ;[here, there, node] = await Promise.all([
        chromium.create(1),
        chromium.create(1),
        createSandbox({ processes: 1 }),
      ])
    })
    afterAll(() => Promise.all([here.close(), there.close(), node.close()]))

    waitingRunsCanBeTakenElsewhere(
      () => here,
      () => there,
    )

    describe("and that of Node take over each other's waiting runs:", () => {
      waitingRunsCanBeTakenElsewhere(
        () => node,
        () => here,
      )
      waitingRunsCanBeTakenElsewhere(
        () => here,
        () => node,
      )
    })

    it("ends the worker of a run that never comes back, and only that run fails", async () => {
      const sandbox = await chromium.create(2)
      const parked = runRequest("await nexus.sleep(1)\nreturn 'kept'")
      expect((await sandbox.run(parked)).status).toBe("waiting")
      const stuck = sandbox.run(runRequest("const b = new Uint8Array(8e6); for(;;) b.indexOf(1)", { limits: TIGHT }))
      const others = Array.from({ length: 30 }, (_, index) => sandbox.run(runRequest(`return ${index}`)))
      expect((await Promise.all(others)).map((outcome) => outcome.status === "finished" && outcome.value)).toEqual(
        Array.from({ length: 30 }, (_, index) => index),
      )
      expect(await stuck).toMatchObject({ failure: { code: "handler-timeout", limitMs: 100 } })
      await sandbox.close()
    })

    it("answers sandbox-crashed for what waited in a worker that was ended, and goes on in a new one", async () => {
      const sandbox = await chromium.create(1)
      const { id, input, ...parked } = runRequest("await nexus.sleep(1)\nreturn 'lost'")
      expect((await sandbox.run({ id, input, ...parked })).status).toBe("waiting")
      const endless = "return 'a'.repeat(2e6).indexOf('a'.repeat(1e6) + 'c')"
      const killer = await sandbox.run(runRequest(endless, { limits: TIGHT }))
      expect(killer, describeOutcome(killer)).toMatchObject({ failure: { code: "handler-timeout" } })
      const resumed = await sandbox.resume({ id, replies: [{ id: 1, value: null }], input })
      expect(resumed).toMatchObject({ failure: { code: "sandbox-crashed" } })
      expect(await sandbox.run(runRequest("return 1"))).toMatchObject({ value: 1 })
      await sandbox.close()
    })

    it("answers sandbox-crashed for a run under way when it closes", async () => {
      const sandbox = await chromium.create(1)
      const running = sandbox.run(runRequest("for(;;){}"))
      await sandbox.close()
      expect(await running).toMatchObject({ failure: { code: "sandbox-crashed" } })
      expect(await sandbox.run(runRequest("return 1"))).toMatchObject({ failure: { code: "sandbox-crashed" } })
    })

    it("compiles WebAssembly where the page may not", async () => {
      expect(await chromium.call("compiles", [])).toBe(false)
      expect(await here.run(runRequest("return 1"))).toMatchObject({ value: 1 })
    })

    it("runs in workers that reach no address, load no code, and have no storage or channel of the origin", async () => {
      expect(await chromium.call("probe", [])).toEqual({
        policy: { fetch: "TypeError", import: "TypeError", eval: "EvalError", socket: "TypeError" },
        left: [],
      })
    })

    it("has asked for nothing but its page, its interpreter and its worker", () => {
      const names = chromium.asked.map((path) => path.replace(/-[\w-]{8}\./, ".").replace(/^\/assets/, ""))
      expect([...new Set(names)].sort()).toEqual([
        "/",
        "/page.js",
        "/quickjs.wasm",
        "/sandbox-worker-probe.js",
        "/sandbox-worker.js",
      ])
    })
  })
}
