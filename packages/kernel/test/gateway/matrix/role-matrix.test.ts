import { ClientMessage, createId, type Endpoint, endpoints } from "@nexus/protocol"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { allows } from "../../../src/accounts/roles.ts"
import type { RunningKernel } from "../../running-kernel.ts"
import { WireClient } from "../../wire-client.ts"
import { type Caller, isSignedIn, keyCallers, keyOpens, roleIn } from "./callers.ts"
import { messageSamples } from "./messages.ts"
import { createPlace, kernelForPlaces, type Place } from "./place.ts"
import { type Sample, samples } from "./samples.ts"
import { send, type Written } from "./send.ts"

/**
 * Every endpoint and every message of the protocol, asked by everybody who could ask. What is expected follows from the
 * role and the scope the endpoint names, so there is no table to forget a line in; a new endpoint does not type-check
 * without a sample.
 */
let nexus: RunningKernel
let home: Place
/** The stranger's own, in which nobody else is anything. */
let away: Place
let callers: readonly Caller[]
const leaks: string[] = []
const onWarning = ({ name, message }: Error) => {
  if (name === "MaxListenersExceededWarning") leaks.push(message)
}
const ROLES = ["viewer", "editor", "owner"] as const

beforeAll(async () => {
  process.on("warning", onWarning)
  nexus = await kernelForPlaces()
  const people = new Map<string, { readonly token: string; readonly id: string }>()
  for (const name of ["Viewer", "Editor", "Owner", "Stranger", "Nobody", "Former", "Guest"]) {
    people.set(name, await nexus.person(name))
  }
  const person = (name: string) => people.get(name) ?? { token: "", id: "" }
  const members = Object.fromEntries(ROLES.map((role) => [person(capital(role)).id, role]))
  const guest = person("Guest").id
  home = await createPlace(nexus, nexus.owner.token, guest, members)
  away = await createPlace(nexus, person("Stranger").token, guest)
  const former = `/workspaces/${home.workspace}/members/${person("Former").id}`
  await home.order("PUT", former, { role: "owner" })
  await home.order("DELETE", former)
  const [head, body] = nexus.owner.token.split(".")
  const named: readonly Caller[] = [
    { name: "somebody without a token", isRefused: true },
    { name: "somebody with a forged token", isRefused: true, token: `${head}.${body}.${"A".repeat(86)}` },
    { name: "a person who is no member of anything", token: person("Nobody").token },
    { name: "the owner of another workspace", token: person("Stranger").token, roles: { [away.workspace]: "owner" } },
    { name: "a member who was removed", token: person("Former").token },
    ...ROLES.map(
      (role): Caller => ({ name: role, token: person(capital(role)).token, roles: { [home.workspace]: role } }),
    ),
  ]
  callers = [...named, ...(await keyCallers(nexus, named, home, away))]
}, 60_000)
afterAll(async () => {
  process.off("warning", onWarning)
  await nexus.close()
})

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
/** The status with which `caller` is answered in a place. */
function expected(endpoint: Endpoint, sample: Sample, caller: Caller, place: Place): number {
  const good = sample.answers ?? endpoint.status
  if (endpoint.access === "public") return good
  if (!isSignedIn(caller)) return 401
  if (!keyOpens(endpoint, caller)) return 403
  const needed = sample.needs ?? endpoint.access
  if (needed === "person") return good
  // None of them owns the installation.
  if (needed === "operator") return 403
  const role = roleIn(caller, place)
  return role && allows(role, needed) ? good : 403
}

describe.each(Object.values<Endpoint>(endpoints))("$name ($method $path)", (endpoint) => {
  const sample: Sample = sampleOf(endpoint.name)
  const repeats = sample.again ?? (["get", "put"].includes(endpoint.method) || endpoint.reads === true)
  const answers = async (place: Place) => {
    const told: Record<string, number> = {}
    const due: Record<string, number> = {}
    const ask = async (caller: Caller, request: Written) => {
      const { status, text } = await send(nexus.kernel.url, endpoint.name, request, caller.token)
      told[caller.name] = status
      if (status !== due[caller.name]) told[`${caller.name} was told ${text.slice(0, 300)}`] = status
    }
    for (const caller of callers) due[caller.name] = expected(endpoint, sample, caller, place)
    // What was refused, or is good again, uses nothing up: all who ask so ask together, and before the rest.
    const uses = ({ name }: Caller) => !repeats && (due[name] ?? 0) < 400
    const shared = await sample.request(place)
    await Promise.all(callers.filter((caller) => !uses(caller)).map((caller) => ask(caller, shared)))
    let request: Written | undefined = shared
    for (const caller of callers.filter(uses)) {
      await ask(caller, request ?? (await sample.request(place)))
      request = undefined
    }
    return { told, due }
  }

  it("is open to the roles and keys it names and to nobody else", async () => {
    const { told, due } = await answers(home)
    expect(told).toEqual(due)
  })

  const elsewhere = async () => {
    const { told, due } = await answers(away)
    expect(told).toEqual(due)
  }
  if (endpoint.access !== "public") {
    it("is closed in a workspace where one is nothing, whatever one is elsewhere", elsewhere)
  }

  it("reaches nothing of another workspace through one's own", async () => {
    const { headers, ...foreign } = await sample.request(away)
    const mixed: Written = JSON.parse(JSON.stringify(foreign).replaceAll(away.workspace, home.workspace))
    const others = JSON.stringify(foreign) === JSON.stringify(mixed) || !namesMore(mixed, home.workspace)
    if (others || sample.anywhere) return
    const { code, text } = await send(nexus.kernel.url, endpoint.name, mixed, callerOf("owner").token)
    expect(code, text.slice(0, 500)).toBeDefined()
    expect(["not-found", "operation-conflict", "conflict", "invalid-input"]).toContain(code)
  })
})

function callerOf(name: string): Caller {
  const caller = callers.find((one) => one.name === name)
  if (caller) return caller
  throw new Error(`nobody is called ${name}`)
}

/** Does the request name something beside the workspace? */
function namesMore(request: Written, workspace: string): boolean {
  const ids = JSON.stringify(request).match(
    /"(?:panel|run|file|share|patch|question|user|commit)_[\w.-]+"|[0-9a-f]{40}/g,
  )
  return (ids ?? []).some((id) => id !== JSON.stringify(workspace))
}

function sampleOf(name: string): Sample {
  const sample = Object.entries<Sample>(samples).find(([key]) => key === name)?.[1]
  if (sample) return sample
  throw new Error(`no sample of ${name}`)
}

describe.each(ClientMessage.options.map(({ shape }) => shape.kind.value))("the message %s", (kind) => {
  const { needs, answer, silent, follows, message } = messageSamples[kind]

  it("is open to the roles and keys it names and to nobody else", async () => {
    const told: Record<string, string> = {}
    const due: Record<string, string> = {}
    for (const [place, name] of [
      [home, "home"],
      [away, "away"],
    ] as const) {
      const hears = async (caller: Caller) => {
        const role = roleIn(caller, place)
        const isOpen = needs === "public" || needs === "person" || (role !== undefined && allows(role, needs))
        const key = `${caller.name}, ${name}`
        due[key] = isSignedIn(caller) ? (isOpen ? (answer ?? "nothing") : "forbidden") : "unauthenticated"
        told[key] = await tell(place, caller)
      }
      await Promise.all(callers.map(hears))
    }
    expect(told).toEqual(due)
  })

  /** What the caller hears: a failure's code, the answer's kind, or nothing before the answer to what was sent behind it. */
  async function tell(place: Place, { token = "" }: Caller): Promise<string> {
    const isHello = kind === "hello"
    const client = isHello || token === "" ? await WireClient.connect(nexus.kernel.url) : await signedIn(token)
    if (!client) return "unauthenticated"
    try {
      if (follows) client.send({ kind: "subscribe", workspace: place.workspace })
      client.send(await message(place, token))
      if (silent) client.send({ kind: "ping", at: 4 })
      for (;;) {
        const heard = client.heard.shift()
        if (!heard) {
          await client.more()
          continue
        }
        if (heard.kind === answer && !("failure" in heard && heard.failure?.code !== "unavailable")) return heard.kind
        if ("failure" in heard && heard.failure) return heard.failure.code
        if (heard.kind === "pong") return "nothing"
      }
    } finally {
      await client.close()
    }
  }
})

/** A client of this person; none for a token that is not good. */
async function signedIn(token: string): Promise<WireClient | undefined> {
  const client = await WireClient.connect(nexus.kernel.url)
  client.send({ kind: "hello", token, protocol: 1 })
  await client.more()
  if (client.heard.shift()?.kind === "welcome") return client
  await client.closed
  return undefined
}

it("what a stranger says of themselves is told to nobody in a workspace they are not in", async () => {
  const owner = await nexus.client(nexus.owner.token)
  owner.send({ kind: "subscribe", workspace: home.workspace })
  await owner.next("snapshot")
  // They hear of themselves, a moment after they have come.
  await owner.next("presence")
  const stranger = await nexus.client(callerOf("the owner of another workspace").token ?? "")
  stranger.send({ kind: "presence_set", workspace: home.workspace, presence: { mark: createId("mark") } })
  stranger.send({ kind: "ping", at: 5 })
  await stranger.next("pong")
  const own = createId("mark")
  owner.send({ kind: "presence_set", workspace: home.workspace, presence: { mark: own } })
  const { peers } = await owner.next("presence", (told) => told.peers.some(({ presence }) => presence.mark === own))
  expect(peers).toHaveLength(1)
  expect(owner.heard.filter(({ kind }) => kind === "presence")).toEqual([])
  await Promise.all([owner.close(), stranger.close()])
})

it("nothing that listens for the end of an answer is taken for a leak", () => expect(leaks).toEqual([]))
