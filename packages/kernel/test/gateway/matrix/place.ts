import { createId, type Role } from "@nexus/protocol"
import { type RunningKernel, runningKernel } from "../../running-kernel.ts"
import { counterSource } from "../with-http.ts"

/** Who is a member of a place, by user id. */
type Members = Readonly<Record<string, Role>>

/**
 * A workspace as samples of requests find it: with a panel that counts, one that asks, a guest, and whatever else a
 * sample orders from its owner. What is ordered is new each time, so that a request that removes it takes nothing from
 * the next one.
 */
export interface Place {
  readonly kernel: RunningKernel
  readonly owner: string
  readonly workspace: string
  /** A panel that stays. */
  readonly panel: string
  /** Somebody whom the owner can add and remove. */
  readonly guest: string
  /** Does something as the owner; throws when it does not work. */
  order(method: string, path: string, body?: object): Promise<Record<string, unknown>>
  newPanel(source?: string): Promise<string>
  newPatch(): Promise<string>
  acceptedPatch(): Promise<string>
  newShare(): Promise<{ readonly id: string; readonly code: string }>
  newFile(): Promise<string>
  /** A run that waits for the answer to its question. */
  newWaiting(): Promise<{ readonly run: string; readonly question: string }>
  /** Another workspace of the same members. */
  another(): Promise<Place>
}

/** Limits that a matrix does not reach. */
export async function kernelForPlaces(config: { readonly studioDir?: string } = {}): Promise<RunningKernel> {
  const many = 10_000_000
  const http = { auth: many, refresh: many, open: many, read: many, write: many }
  return runningKernel({ limits: { http, messagesPerSecond: many }, ...config })
}

const ASKS = `<NexusPanel title="Asks">
  <Logic>
    <Capability type="ask" reason="Asks before it goes on"/>
    <Handler name="ship">return await nexus.ask("Ship it?", { role: "viewer" })</Handler>
  </Logic>
  <View><Button label="Ship" onClick="ship()"/></View>
</NexusPanel>
`

export async function createPlace(
  kernel: RunningKernel,
  owner: string,
  guest: string,
  members: Members = {},
): Promise<Place> {
  const order: Place["order"] = async (method, path, body) => {
    const answer = await kernel.call(method, path, owner, body)
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${JSON.stringify(answer)}`)
    return answer.body
  }
  const workspace = String((await order("POST", "/workspaces", { name: "Place" })).id)
  const member = (user: string, role: Role) => order("PUT", `/workspaces/${workspace}/members/${user}`, { role })
  for (const [user, role] of Object.entries(members)) await member(user, role)
  const newPanel = async (source = counterSource()) =>
    String((await order("POST", "/panels", { workspace, source })).id)
  const inPlace = `?workspace=${workspace}`
  const [panel, asks] = [await newPanel(), await newPanel(ASKS)]
  await order("PUT", `/panels/${asks}/grants${inPlace}`, { grant: "ask", granted: true })
  await order("POST", `/panels/${panel}/handlers/add${inPlace}`, { args: {} })

  const newPatch = async () => {
    const frame = { x: Math.round(Math.random() * 1000), y: 0, w: 300, h: 200 }
    const operations = [{ kind: "panel_frame", panel: await newPanel(), frame }]
    const { patch } = await order("POST", "/patch/apply", { workspace, base: 0, reason: "a sample", operations })
    return idOf(patch)
  }
  return {
    ...{ kernel, owner, workspace, panel, guest, order, newPanel, newPatch },
    acceptedPatch: async () => {
      const patch = await newPatch()
      await order("POST", `/patches/${patch}/accept`, {})
      return patch
    },
    newShare: async () => {
      const share = await order("POST", `/workspaces/${workspace}/shares`, { role: "viewer" })
      return { id: String(share.id), code: String(share.code) }
    },
    newFile: async () => {
      const url = `${kernel.kernel.url}/api/v1/workspaces/${workspace}/files?name=${createId("f")}.txt`
      const headers = { authorization: `Bearer ${owner}`, "content-type": "application/octet-stream" }
      return idOf(await (await fetch(url, { method: "POST", headers, body: "some text" })).json())
    },
    newWaiting: async () => {
      const { run } = await order("POST", `/panels/${asks}/handlers/ship${inPlace}`, { args: {} })
      const { questions } = await order("GET", `/workspaces/${workspace}/questions`)
      const asked = Array.isArray(questions) ? questions.find((question) => question.run === run) : undefined
      return { run: String(run), question: idOf(asked) }
    },
    another: () => createPlace(kernel, owner, guest, members),
  }
}

function idOf(value: unknown): string {
  if (typeof value === "object" && value !== null && "id" in value) return String(value.id)
  throw new Error(`no id in ${JSON.stringify(value)}`)
}
