import { spawn } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url))

test("the process serves its health and stops cleanly when asked", async () => {
  const child = spawn(process.execPath, [main], { env: { NEXUS_KERNEL_URL: "http://127.0.0.1:1", PORT: "0" } })
  child.stdout.setEncoding("utf8")
  const [line]: string[] = await once(child.stdout, "data")
  const url = /http:\S+/.exec(line ?? "")?.[0]
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  expect((await fetch(`${url}/api/v1/ai/complete`)).status).toBe(405)
  child.kill("SIGTERM")
  expect(await once(child, "exit")).toEqual([0, null])
})

test("without a kernel it says what to set", async () => {
  const child = spawn(process.execPath, [main], { env: {} })
  child.stderr.setEncoding("utf8")
  const [line]: string[] = await once(child.stderr, "data")
  expect(line).toContain("NEXUS_KERNEL_URL")
  expect(await once(child, "exit")).toEqual([2, null])
})
