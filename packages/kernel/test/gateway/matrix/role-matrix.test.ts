import { ClientMessage, createId, type Endpoint, endpoints, type Role } from "@nexus/protocol"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { allows } from "../../../src/accounts/roles.ts"
import type { RunningKernel } from "../../running-kernel.ts"
import { WireClient } from "../../wire-client.ts"
import { messageSamples } from "./messages.ts"
import { createPlace, kernelForPlaces, type Place } from "./place.ts"
import { type Sample, samples } from "./samples.ts"
import { send, type Written } from "./send.ts"

/**
 * Every endpoint and every message of the protocol, asked by everybody who could ask. What is expected follows from the
 * role the endpoint names, so there is no table to forget a line in; a new endpoint does not type-check without a sample.
 */
interface Caller {
  readonly name: string
  readonly token?: string
  /** What they are in the place, if anything. */
  readonly role?: Role
}

let nexus: RunningKernel
let home: Place
/** The stranger's own, in which nobody else is anything. */
let away: Place
let callers: readonly Caller[]
const ROLES = ["viewer", "editor", "owner"] as const

beforeAll(async () => {
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
  callers = [
    { name: "somebody without a token" },
    { name: "somebody with a forged token", token: `${head}.${body}.${"A".repeat(86)}` },
    { name: "a person who is no member of anything", token: person("Nobody").token },
    { name: "the owner of another workspace", token: person("Stranger").token },
    { name: "a member who was removed", token: person("Former").token },
    ...ROLES.map((role): Caller => ({ name: role, role, token: person(capital(role)).token })),
  ]
}, 60_000)
afterAll(() => nexus.close())

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const isSignedIn = ({ name, token }: Caller) => token !== undefined && !name.includes("forged")

/** The status with which `caller` is answered in a place where they are `role`. */
function expected(endpoint: Endpoint, sample: Sample, caller: Caller, role: Role | undefined): number {
  const good = sample.answers ?? endpoint.status
  if (endpoint.access === "public") return good
  if (!isSignedIn(caller)) return 401
  const needed = sample.needs ?? endpoint.access
  if (needed === "person") return good
  // None of them owns the installation.
  if (needed === "operator") return 403
  return role && allows(role, needed) ? good : 403
}

describe.each(Object.values<Endpoint>(endpoints))("$name ($method $path)", (endpoint) => {
  const sample: Sample = sampleOf(endpoint.name)
  const answers = async (place: Place, roleOf: (caller: Caller) => Role | undefined) => {
    const told: Record<string, number> = {}
    const due: Record<string, number> = {}
    let request: Written | undefined
    for (const caller of callers) {
      // What was refused has used nothing up.
      request ??= await sample.request(place)
      const { status, text } = await send(nexus.kernel.url, endpoint.name, request, caller.token)
      due[caller.name] = expected(endpoint, sample, caller, roleOf(caller))
      told[caller.name] = status
      if (status < 400) request = undefined
      if (status !== due[caller.name]) told[`${caller.name} was told ${text.slice(0, 300)}`] = status
    }
    return { told, due }
  }

  it("is open to the roles it names and to nobody else", async () => {
    const { told, due } = await answers(home, ({ role }) => role)
    expect(told).toEqual(due)
  })

  const elsewhere = async () => {
    const isStranger = ({ name }: Caller) => name === "the owner of another workspace"
    const { told, due } = await answers(away, (caller) => (isStranger(caller) ? "owner" : undefined))
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
    const { code, text } = await send(nexus.kernel.url, endpoint.name, mixed, callers.at(-1)?.token)
    expect(code, text.slice(0, 500)).toBeDefined()
    expect(["not-found", "operation-conflict", "conflict", "invalid-input"]).toContain(code)
  })
})

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

  it("is open to the roles it names and to nobody else", async () => {
    const told: Record<string, string> = {}
    const due: Record<string, string> = {}
    for (const [place, name] of [
      [home, "home"],
      [away, "away"],
    ] as const) {
      for (const caller of callers) {
        const own = name === "home" ? caller.role : caller.name.includes("another") ? "owner" : undefined
        const open = needs === "person" || (needs !== "public" && own && allows(own, needs))
        const key = `${caller.name}, ${name}`
        told[key] = await tell(place, caller)
        due[key] = isSignedIn(caller)
          ? needs === "public" || open
            ? (answer ?? "nothing")
            : "forbidden"
          : "unauthenticated"
      }
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
  const stranger = await nexus.client(callers.find(({ name }) => name.includes("another"))?.token ?? "")
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
