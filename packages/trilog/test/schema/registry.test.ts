import { describe, expect, expectTypeOf, it } from "vitest"
import { type NexusEvent, nexusSchema } from "../../src/index.ts"
import { event, object, process } from "../../src/schema/declaration.ts"
import { choice, count, measure, optional, pii, text } from "../../src/schema/field.ts"
import { createRegistry } from "../../src/schema/registry.ts"

const Door = object("Door", "door", "A door of the house")
const opened = event("door_opened", {
  about: Door,
  version: 3,
  fields: {
    by: pii(text(), "hash"),
    face: optional(pii(text(), "drop")),
    angle: measure("deg"),
    times: optional(count("times")),
  },
  upgrades: {
    1: ({ degrees, ...rest }) => ({ ...rest, angle: degrees }),
    2: (payload) => ({ ...payload, times: 1 }),
  },
})
const registry = createRegistry({ objects: [Door], processes: [process("Visit", ["door_opened"])], events: [opened] })
const record = { type: "door_opened", workspace: "w1", at: 1, door: "d1", by: "Ann", angle: 90 }

describe("the schema", () => {
  it("takes a record that fits and anchors it to its object", () => {
    const checked = registry.check({ ...record, seq: 4, traceId: "t" }, "key")
    expect(checked).toMatchObject({ ok: true, about: { type: "Door", id: "d1" }, seq: 4, traceId: "t", version: 3 })
  })

  it.each([
    ["an unknown field", { ...record, colour: "red" }],
    ["an unknown event", { ...record, type: "door_slammed" }],
    ["a missing field", { ...record, angle: undefined }],
    ["a field of another type", { ...record, angle: "wide" }],
    ["a record about nothing", { ...record, door: "" }],
    ["no record at all", null],
  ])("refuses %s", (_what, refused) => {
    expect(registry.check(refused, "key")).toMatchObject({ ok: false, failure: { code: "invalid-input" } })
  })

  it("names the field it refuses", () => {
    expect(registry.check({ ...record, angle: "wide" }, "key")).toMatchObject({
      failure: { path: "door_opened.angle" },
    })
  })

  it("drops or hashes what is about a person, with a key", () => {
    const fieldsOf = (by: string, key: string): Record<string, unknown> => {
      const checked = registry.check({ ...record, by, face: "round" }, key)
      return checked.ok ? checked.fields : {}
    }
    const fields = fieldsOf("Ann", "key")
    expect(JSON.stringify(fields)).not.toMatch(/Ann|round/)
    expect(fields).not.toHaveProperty("face")
    expect(fieldsOf("Ann", "key").by).toBe(fields.by)
    expect(fieldsOf("Bob", "key").by).not.toBe(fields.by)
    expect(fieldsOf("Ann", "other key").by).not.toBe(fields.by)
  })

  it("reads old records as the current version says them", () => {
    expect(registry.read("door_opened", 1, { degrees: 45 })).toEqual({ angle: 45, times: 1 })
    expect(registry.read("door_opened", 2, { angle: 45 })).toEqual({ angle: 45, times: 1 })
    expect(registry.read("door_opened", 3, { angle: 45 })).toEqual({ angle: 45 })
    expect(registry.read("long_forgotten", 1, { a: 1 })).toEqual({ a: 1 })
  })

  it("has another version when anything declared is another", () => {
    const wider = event("door_opened", { about: Door, fields: { angle: measure("deg") } })
    const other = createRegistry({ objects: [Door], processes: [], events: [wider] })
    expect(registry.version).toMatch(/^[0-9a-f]{12}$/)
    expect(other.version).not.toBe(registry.version)
  })

  it("refuses to be made of events about undeclared objects, or of two events of one name", () => {
    expect(() => createRegistry({ objects: [], processes: [], events: [opened] })).toThrow("undeclared Door")
    expect(() => createRegistry({ objects: [Door], processes: [], events: [opened, opened] })).toThrow("one name")
  })

  it("exports JSON Schema that refuses unknown fields and keeps units and privacy", () => {
    const [exported] = (registry.toJsonSchema().oneOf ?? []) as Record<string, unknown>[]
    expect(exported).toMatchObject({
      title: "door_opened",
      additionalProperties: false,
      "x-about": "Door",
      "x-version": 3,
      "x-fields": { angle: { unit: "deg" }, by: { pii: "hash" } },
    })
    expect(exported?.required).toEqual(expect.arrayContaining(["type", "workspace", "at", "door", "by", "angle"]))
  })

  it("exports TypeScript", () => {
    expect(registry.toTypeScript()).toContain("export interface DoorOpened {")
    expect(registry.toTypeScript()).toContain("angle: number // deg")
    expect(registry.toTypeScript()).toContain("face?: string // pii: drop")
  })

  it("makes choices a union", () => {
    expect(choice("a", "b").typescript).toBe('"a" | "b"')
  })
})

describe("the schema of Nexus", () => {
  it("declares the objects, the processes and an event for every step", () => {
    const names = nexusSchema.objects.map(({ name }) => name)
    expect(names).toEqual(["User", "Workspace", "Panel", "WebSocketConnection", "Sandbox", "Patch", "Package"])
    const declared = new Set([...nexusSchema.events.map(({ name }) => name), "change_committed"])
    for (const { steps } of nexusSchema.processes) for (const step of steps) expect(declared).toContain(step)
    expect(nexusSchema.processOf("execution_completed")).toBe("PanelExecution")
  })

  it("types what may be recorded", () => {
    type Completed = Extract<NexusEvent, { type: "execution_completed" }>
    expectTypeOf<Completed["status"]>().toEqualTypeOf<"finished" | "failed" | "waiting">()
    expectTypeOf<Completed["panel"]>().toEqualTypeOf<string>()
    expectTypeOf<Completed["person"]>().toEqualTypeOf<string | undefined>()
  })

  it("keeps names and addresses of people out of everything it lets through", () => {
    const canary = "canary@example.org"
    const events: NexusEvent[] = [
      { type: "user_registered", workspace: "", at: 1, user: "u1", name: canary, email: canary },
      { type: "user_signed_in", workspace: "", at: 1, user: "u1", method: "password", address: canary },
      { type: "connection_opened", workspace: "", at: 1, connection: "c1", user: "u1", address: canary },
    ]
    for (const one of events) {
      const checked = nexusSchema.check(one, "key")
      expect(checked.ok).toBe(true)
      expect(JSON.stringify(checked)).not.toContain(canary)
    }
  })
})
