import { type ClientMessage, createId } from "@nexus/protocol"
import { afterAll, beforeAll, describe, expect, it, test } from "vitest"
import { createMessageLimits } from "../../src/gateway/message-limits.ts"
import { messageMetricsText } from "../../src/gateway/message-metrics.ts"
import { TokenBuckets } from "../../src/gateway/token-buckets.ts"
import { type RunningKernel, runningKernel } from "../running-kernel.ts"

describe("a bucket of tokens", () => {
  const world = (size: { perSecond: number; most: number }) => {
    const clock = { now: 0 }
    return { clock, buckets: new TokenBuckets(size, () => clock.now) }
  }

  it("gives what lies in it at once, then one by one as they come back, and says when the next is there", () => {
    const { clock, buckets } = world({ perSecond: 10, most: 3 })
    expect([1, 2, 3, 4, 5].map(() => buckets.take("ada"))).toEqual([0, 0, 0, 100, 100])
    clock.now += 60
    expect(buckets.take("ada")).toBe(40)
    clock.now += 40
    expect([buckets.take("ada"), buckets.take("ada")]).toEqual([0, 100])
  })

  it("is each person's own, and never holds more than it may", () => {
    const { clock, buckets } = world({ perSecond: 10, most: 2 })
    expect([buckets.take("ada"), buckets.take("ada"), buckets.take("ada")]).toEqual([0, 0, 100])
    expect(buckets.take("grace")).toBe(0)
    clock.now += 60_000
    expect([buckets.take("ada"), buckets.take("ada"), buckets.take("ada")]).toEqual([0, 0, 100])
  })

  it("lets through no more than the burst and the rate together, however it is asked", () => {
    const { clock, buckets } = world({ perSecond: 50, most: 100 })
    let taken = 0
    for (; clock.now < 10_000; clock.now += 1) for (let n = 0; n < 3; n += 1) if (buckets.take("ada") === 0) taken += 1
    expect(taken).toBe(100 + 50 * 10 - 1)
  })

  it("is kept for those alone who are being refilled", () => {
    const { clock, buckets } = world({ perSecond: 10, most: 2 })
    for (let n = 0; n < 1000; n += 1) buckets.take(`person ${n}`)
    expect(buckets.size).toBe(1000)
    clock.now += 1000
    buckets.take("ada")
    expect(buckets.size).toBe(1)
  })
})

test("what a person spends on one class of messages takes nothing from another, and is counted by class", () => {
  const limits = createMessageLimits(100, () => 0)
  const spend = (kind: ClientMessage["kind"], person: string) => {
    let taken = 0
    while (taken < 1000 && limits.take(kind, person) === 0) taken += 1
    return taken
  }
  expect(spend("presence_set", "ada")).toBe(60)
  expect(spend("document_awareness", "ada")).toBe(0)
  expect(spend("operations_submit", "ada")).toBe(80)
  expect(spend("ping", "ada")).toBe(40)
  expect(spend("handler_trigger", "ada")).toBe(20)
  expect(spend("presence_set", "grace")).toBe(60)
  const text = messageMetricsText(limits.metrics())
  expect(text).toContain('nexus_messages_taken_total{class="presence"} 120')
  expect(text).toContain('nexus_messages_refused_total{class="presence"} 3')
  expect(text).toContain('nexus_messages_refused_total{class="changes"} 1')
})

describe("a client that asks too much", () => {
  const HOME = "home"
  let nexus: RunningKernel
  beforeAll(async () => {
    nexus = await runningKernel({ limits: { messagesPerSecond: 100 } })
  })
  afterAll(() => nexus.close())
  const nothing = (name: string) => [{ kind: "entity_set" as const, id: HOME, name }]

  it("is told when to come again, by ref where it asked with one", async () => {
    const person = await nexus.person("Hurried", HOME, "editor")
    const client = await nexus.client(person.token)
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) => client.submit(HOME, nothing(`Home ${n}`), createId("ref"))),
    )
    const refused = answers.filter(({ kind }) => kind === "rejected")
    expect(refused.length).toBeGreaterThan(0)
    for (const answer of refused) {
      expect(answer).toMatchObject({ failure: { code: "rate-limited", retryAfterMs: expect.any(Number) } })
    }
    await client.close()
  })

  it("with its presence delays neither its own changes nor anybody else's anything, and is told once, not at each", async () => {
    const [flooding, other] = [
      await nexus.person("Flooding", HOME, "editor"),
      await nexus.person("Other", HOME, "editor"),
    ]
    const [client, second] = [await nexus.client(flooding.token), await nexus.client(other.token)]
    for (const one of [client, second]) {
      one.send({ kind: "subscribe", workspace: HOME })
      await one.next("snapshot")
    }
    const FLOOD = 3000
    for (let n = 0; n < FLOOD; n += 1) {
      client.send({ kind: "presence_set", workspace: HOME, presence: { cursor: n } })
    }
    const own = client.submit(HOME, nothing("Own"))
    const theirs = second.submit(HOME, nothing("Theirs"))
    second.send({ kind: "presence_set", workspace: HOME, presence: { mark: "here" } })
    expect((await own).kind).toBe("accepted")
    expect((await theirs).kind).toBe("accepted")
    await second.next("presence", ({ peers }) => peers.some(({ presence }) => presence.mark === "here"))
    const told = client.heard.filter(({ kind }) => kind === "failed")
    expect(told[0]).toMatchObject({ failure: { code: "rate-limited" } })
    const metrics = await (await fetch(`${nexus.kernel.url}/metrics`)).text()
    const refused = Number(/nexus_messages_refused_total\{class="presence"\} (\d+)/.exec(metrics)?.[1])
    expect(refused).toBeGreaterThan(0)
    // It alternates with what came back meanwhile, and nothing more.
    expect(told.length).toBeLessThanOrEqual(FLOOD - refused - 60 + 1)
    await Promise.all([client.close(), second.close()])
  })
})
