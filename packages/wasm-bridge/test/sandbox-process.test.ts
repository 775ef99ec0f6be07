import { spawnSync } from "node:child_process"
import { setTimeout as delay } from "node:timers/promises"
import { afterAll, describe, expect, it } from "vitest"
import { describeOutcome, runRequest, TIGHT } from "../acceptance/run-request.ts"
import { createSandbox } from "../src/index.ts"
import { v8Process } from "../src/process-type.ts"

describe("a sandbox process", { timeout: 60_000 }, () => {
  it("may read no file of the machine, start no process and reach no address", () => {
    const attempt = (code: string) => {
      const { stdout } = spawnSync(
        process.execPath,
        [
          ...v8Process().rights,
          "-e",
          `
        const refused = (error) => console.log(error.code)
        try { ${code} } catch (error) { refused(error) }`,
        ],
        { env: {}, encoding: "utf8" },
      )
      return stdout.trim()
    }
    expect(attempt(`require("fs").readFileSync("/etc/passwd"); console.log("read")`)).toBe("ERR_ACCESS_DENIED")
    expect(attempt(`require("fs").writeFileSync("/tmp/nexus-sandbox-probe", ""); console.log("wrote")`)).toBe(
      "ERR_ACCESS_DENIED",
    )
    expect(attempt(`require("child_process").execSync("true"); console.log("ran")`)).toBe("ERR_ACCESS_DENIED")
    expect(attempt(`require("net").connect(1, "127.0.0.1").on("error", refused)`)).toBe("ERR_ACCESS_DENIED")
    expect(attempt(`console.log(Object.keys(process.env).length)`)).toBe("0")
  })
})

describe("when a sandbox process dies", { timeout: 60_000 }, () => {
  const sandboxes: { close(): Promise<void> }[] = []
  afterAll(() => Promise.all(sandboxes.map((sandbox) => sandbox.close())))

  it("its waiting runs answer sandbox-crashed, and new runs go on in a new process", async () => {
    const lines: string[] = []
    const sandbox = await createSandbox({ processes: 1, log: (line) => lines.push(line) })
    sandboxes.push(sandbox)
    const parked = runRequest("await nexus.sleep(1)\nreturn 'lost'")
    expect((await sandbox.run(parked)).status).toBe("waiting")
    const killer = await sandbox.run(
      runRequest("return 'a'.repeat(2e6).indexOf('a'.repeat(1e6) + 'c')", { limits: TIGHT }),
    )
    expect(killer, describeOutcome(killer)).toMatchObject({ failure: { code: "handler-timeout", limitMs: 100 } })
    const resumed = await sandbox.resume({ id: parked.id, replies: [{ id: 1, value: null }], input: parked.input })
    expect(resumed).toMatchObject({ failure: { code: "sandbox-crashed" } })
    expect(await sandbox.run(runRequest("return 1"))).toMatchObject({ value: 1 })
    expect(sandbox.metrics()).toMatchObject({
      processes: 1,
      restarts: 1,
      waiting: 0,
      failures: { "handler-timeout": 1 },
    })
    expect(lines.join()).toContain("did not stop")
  })

  it("only the run that held it fails; those behind it run elsewhere", async () => {
    const sandbox = await createSandbox({ processes: 2 })
    sandboxes.push(sandbox)
    const stuck = sandbox.run(runRequest("const b = new Uint8Array(8e6); for(;;) b.indexOf(1)", { limits: TIGHT }))
    const others = Array.from({ length: 30 }, (_, index) => sandbox.run(runRequest(`return ${index}`)))
    expect((await Promise.all(others)).map((outcome) => outcome.status === "finished" && outcome.value)).toEqual(
      Array.from({ length: 30 }, (_, index) => index),
    )
    expect(await stuck).toMatchObject({ failure: { code: "handler-timeout" } })
  })

  it("a tenant's flood does not hold up another's one run", async () => {
    const sandbox = await createSandbox({ processes: 1 })
    sandboxes.push(sandbox)
    let flooded = 0
    const work = "let n = 0\nfor (let i = 0; i < 200000; i++) n += i\nreturn n"
    const flood = Array.from({ length: 100 }, async () => {
      await sandbox.run(runRequest(work, { tenant: "flood" }))
      flooded += 1
    })
    await delay(1)
    await sandbox.run(runRequest("return 1", { tenant: "quiet" }))
    expect(flooded).toBeLessThan(50)
    await Promise.all(flood)
  })

  it("runs under way answer sandbox-crashed when the sandbox closes", async () => {
    const sandbox = await createSandbox({ processes: 1 })
    const running = sandbox.run(runRequest("for(;;){}"))
    await delay(20)
    await sandbox.close()
    expect(await running).toMatchObject({ failure: { code: "sandbox-crashed" } })
    expect(await sandbox.run(runRequest("return 1"))).toMatchObject({ failure: { code: "sandbox-crashed" } })
  })
})
