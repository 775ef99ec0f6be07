import { createServer } from "node:http"
import { type CapabilityType, type Json, CapabilityType as Types } from "@nexus/protocol"
import { createSandbox, type Sandbox } from "@nexus/wasm-bridge"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { ADA, kernelWith, panel, type World } from "../worlds.ts"

/**
 * Every type of the table, through a real handler in the real sandbox: what its scope names can be done, what it does not
 * name cannot, and neither the grant nor the declaration is enough without the other.
 */
type Call = readonly [method: string, ...args: Json[]]
interface Case {
  readonly type: CapabilityType
  readonly scope: string
  /** Calls that the scope covers, in this order. */
  readonly inside: readonly Call[]
  /** Calls of the same type that it does not cover; none where there is no scope. */
  readonly outside: readonly Call[]
  /** Done before, with every right. */
  readonly first?: readonly (readonly [CapabilityType, ...Call])[]
}

const CASES: readonly Case[] = [
  {
    type: "http",
    scope: "/examples/weather*",
    inside: [["fetch", "/examples/weather?city=Oslo"]],
    outside: [
      ["fetch", "/examples/prices"],
      ["fetch", "https://example.org/examples/weather"],
      ["fetch", "/examples/weather/../prices"],
    ],
  },
  {
    type: "kv",
    scope: "notes",
    inside: [
      ["set", "notes", "a", 1],
      ["get", "notes", "a"],
      ["list", "notes"],
      ["delete", "notes", "a"],
    ],
    outside: [
      ["get", "secrets", "a"],
      ["set", "secrets", "a", 1],
      ["list", "secrets"],
      ["delete", "note", "a"],
      ["get", "notes2", "a"],
    ],
  },
  {
    type: "files:read",
    scope: "notes/*",
    first: [["files:write", "write", "notes/a.md", "hello"]],
    inside: [
      ["read", "notes/a.md"],
      ["stat", "notes/a.md"],
      ["exists", "notes/b.md"],
      ["list", "notes/*"],
    ],
    outside: [
      ["read", "keys/a.pem"],
      ["stat", "keys/a.pem"],
      ["exists", "note.md"],
      ["list", "*"],
      ["list", "note*"],
    ],
  },
  {
    type: "files:write",
    scope: "notes/*",
    inside: [
      ["write", "notes/a.md", "hello"],
      ["delete", "notes/a.md"],
    ],
    outside: [
      ["write", "keys/a.pem", "x"],
      ["delete", "keys/a.pem"],
      ["write", "notes", "x"],
    ],
  },
  {
    type: "db:read",
    scope: "orders",
    first: [["db:write", "createTable", "orders", { title: "text" }]],
    inside: [
      ["select", "orders", {}],
      ["count", "orders", {}],
    ],
    outside: [
      ["select", "people", {}],
      ["count", "people", {}],
      ["select", "order", {}],
    ],
  },
  {
    type: "db:write",
    scope: "orders",
    inside: [
      ["createTable", "orders", { title: "text" }],
      ["insert", "orders", { title: "a" }],
      ["update", "orders", { title: "a" }, { title: "b" }],
      ["delete", "orders", {}],
      ["dropTable", "orders"],
    ],
    outside: [
      ["createTable", "people", { name: "text" }],
      ["insert", "people", { name: "a" }],
      ["update", "people", {}, { name: "b" }],
      ["delete", "people", {}],
      ["dropTable", "orders2"],
    ],
  },
  {
    type: "panels:read",
    scope: "Kitchen",
    inside: [
      ["read", "Kitchen", "stock"],
      ["tools", "Kitchen"],
    ],
    outside: [
      ["read", "Bath", "stock"],
      ["tools", "Bath"],
      ["read", "nobody", "stock"],
    ],
  },
  {
    type: "panels:call",
    scope: "Kitchen",
    inside: [["call", "Kitchen", "cook", {}]],
    outside: [
      ["call", "Bath", "cook", {}],
      ["call", "nobody", "cook", {}],
    ],
  },
  {
    type: "ai",
    scope: "default",
    inside: [["complete", "Sum it up"]],
    outside: [["complete", "Sum it up", { model: "large" }]],
  },
  { type: "time", scope: "", inside: [["sleep", 1]], outside: [] },
  { type: "ask", scope: "", inside: [["ask", "Ship it?"]], outside: [] },
  {
    type: "events",
    scope: "orders.*",
    inside: [
      ["emit", "orders.placed", 1],
      ["next", "orders.*", { timeoutMs: 0 }],
    ],
    outside: [
      ["emit", "payments.made", 1],
      ["next", "*", { timeoutMs: 0 }],
      ["next", "payments.*", { timeoutMs: 0 }],
    ],
  },
]

const RAW = '<Handler name="raw">return await __nexus_call($args.capability, $args.method, $args.args)</Handler>'
const declaring = (capabilities: readonly (readonly [type: string, scope: string])[]) =>
  panel(
    "Asking",
    "",
    capabilities
      .map(([type, scope]) => `<Capability type="${type}"${scope ? ` scope="${scope}"` : ""} reason="A test"/>`)
      .join("") + RAW,
  )
const ROOM = (title: string) =>
  panel(
    title,
    '<State name="stock" type="list" default="[]"/>',
    '<Handler name="cook">return "cooked"</Handler><Tool name="cook" handler="cook" description="Cooks"/>',
  )

let sandbox: Sandbox
let ownOrigin: string
const examples = createServer((request, response) => response.end(request.url))
beforeAll(async () => {
  sandbox = await createSandbox({ processes: 1 })
  await new Promise<void>((resolve) => examples.listen(0, "127.0.0.1", resolve))
  const address = examples.address()
  ownOrigin = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`
})
afterAll(async () => {
  examples.close()
  await sandbox.close()
})

/** The panel "p" with these declarations and grants, other panels to turn to, and "all", which may everything. */
async function worldOf(declared: readonly (readonly [type: string, scope: string])[], ...grants: string[]) {
  const world = await kernelWith({
    sandbox,
    ownOrigin,
    tokensPerDay: 10_000,
    models: { default: async () => ({ text: "Summed up", cut: false }), large: async () => ({ text: "", cut: false }) },
    panels: {
      p: declaring(declared),
      all: declaring(Types.options.map((type) => [type, type === "time" || type === "ask" ? "" : "*"])),
      kitchen: ROOM("Kitchen"),
      bath: ROOM("Bath"),
    },
  })
  const everything = Types.options.map(
    (grant) => ({ kind: "panel_grant", panel: "all", grant, granted: true }) as const,
  )
  const own = grants.map((grant) => ({ kind: "panel_grant", panel: "p", grant, granted: true }) as const)
  await world.commit(...everything, ...own)
  return world
}

function call(world: World, id: string, capability: string, [method, ...args]: Call) {
  return world.workspace.trigger({
    panel: id,
    handler: "raw",
    args: { capability, method, args },
    trigger: "event",
    person: ADA,
  })
}

/** A question waits until somebody answers it. */
async function answered(world: World, running: ReturnType<typeof call>) {
  await expect.poll(() => world.workspace.waiting.questions(), { timeout: 15_000 }).toHaveLength(1)
  const [{ id } = { id: "" }] = await world.workspace.waiting.questions()
  await world.workspace.waiting.answer(id, "yes", async () => undefined)
  return running
}

const denied = { status: "failed", failure: { code: "capability-denied" } }

it("every type of capability is tried here", () => {
  expect(CASES.map(({ type }) => type).sort()).toEqual([...Types.options].sort())
})

const grantOf = ({ type, scope }: Case) => (scope ? `${type}:${scope}` : type)
const asked = (type: string, each: Call) => `${type} ${JSON.stringify(each)}`

describe.each(CASES)("the capability $type", (one) => {
  const { type, scope, inside, first = [] } = one
  const grant = grantOf(one)

  it("inside its scope does what it is for", async () => {
    const world = await worldOf([[type, scope]], grant)
    for (const [of, ...each] of first) expect(await call(world, "all", of, each)).toMatchObject({ status: "finished" })
    for (const each of inside) {
      const running = call(world, "p", type, each)
      const ended = await (type === "ask" ? answered(world, running) : running)
      expect(ended, `${asked(type, each)} ${JSON.stringify(ended.failure)}`).toMatchObject({ status: "finished" })
    }
    const granted = world.events.flatMap((event) => (event.type === "host_called" ? [event.granted] : []))
    expect(granted).toEqual([...first, ...inside].map(() => true))
  })

  it("is nothing before it is granted, and says what to grant", async () => {
    const world = await worldOf([[type, scope]])
    for (const each of inside) {
      const { failure } = await call(world, "p", type, each)
      expect(failure, asked(type, each)).toMatchObject({
        ...denied.failure,
        detail: expect.stringContaining(`Grant ${grant}`),
      })
    }
  })

  it("is nothing without its declaration, though everything be granted, and says what to declare", async () => {
    const world = await worldOf([], grant, type)
    for (const each of inside) {
      const { failure } = await call(world, "p", type, each)
      const detail = expect.stringContaining(`Add <Capability type="${type}"`)
      expect(failure, asked(type, each)).toMatchObject({ ...denied.failure, detail })
    }
  })

  it("is no other capability", async () => {
    const others = Types.options.filter((other) => other !== type)
    const world = await worldOf(
      others.map((other) => [other, other === "time" || other === "ask" ? "" : "*"]),
      ...others,
    )
    for (const each of inside) expect(await call(world, "p", type, each), asked(type, each)).toMatchObject(denied)
  })
})

describe.each(CASES.filter(({ scope }) => scope !== ""))("the capability $type", (one) => {
  const { type, scope, outside } = one

  it("outside its scope is denied, and leaves no trace", async () => {
    const world = await worldOf([[type, scope]], grantOf(one))
    const before = world.changes.length
    for (const each of outside) expect(await call(world, "p", type, each), asked(type, each)).toMatchObject(denied)
    expect(world.changes).toHaveLength(before)
    for (const space of ["kv:secrets", "kv:note", "kv:notes2"])
      expect(await world.journal.values.list("w", space, "", 10)).toEqual([])
    const granted = world.events.flatMap((event) => (event.type === "host_called" ? [event.granted] : []))
    expect(granted).toEqual(outside.map(() => false))
  })
})
