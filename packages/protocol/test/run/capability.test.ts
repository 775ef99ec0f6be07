import { describe, expect, test } from "vitest"
import {
  type Capability,
  CapabilityType,
  covers,
  describeCapability,
  formatCapability,
  parseCapability,
} from "../../src/run/capability.ts"

const parsed = (text: string): Capability => {
  const capability = parseCapability(text)
  if (!capability) throw new Error(`${text} is no capability`)
  return capability
}

test("a capability is read from the text that it is written as", () => {
  for (const type of CapabilityType.options)
    for (const scope of ["", "*", "notes/*", "a:b"]) {
      expect(parseCapability(formatCapability({ type, scope }))).toEqual({ type, scope })
    }
  for (const text of ["", "files", "disk:/", "kvx", "files:reads"]) expect(parseCapability(text)).toBeUndefined()
})

describe("a grant in words", () => {
  test.each([
    ["files:read:notes/*", "Read the files notes/*"],
    ["files:write:*", "Write, replace and remove every file of the workspace"],
    ["db:read:orders", "Look things up in the table orders"],
    ["db:write", "Change, empty and remove every table of the workspace"],
    ["panels:read:Kitchen", "See what the panel Kitchen shows to others"],
    ["panels:call:Kitchen", "Use the tools of the panel Kitchen, with that panel's own rights"],
    ["events:orders.*", "Send and hear the event orders.*"],
    ["ai:default", "Ask the AI model default; what it asks goes to the model's provider"],
    ["ai", "Ask any AI model; what it asks goes to the model's provider"],
    ["http:https://example.org/*", "Fetch from https://example.org/*"],
    ["http:*", "Fetch from any public address"],
    ["kv:notes", 'Keep values in the store "notes"'],
    ["kv", "Keep values in any store of the workspace"],
    ["time", "Wait and run on a schedule"],
  ])("%s reads: %s", (text, words) => {
    expect(describeCapability(parsed(text))).toBe(words)
  })
})

test("a scope with * covers a pattern only where it covers everything that the pattern stands for", () => {
  const reads = (scope: string): Capability => ({ type: "files:read", scope })
  expect(covers(reads("notes/*"), reads("notes/2026/*"))).toBe(true)
  expect(covers(reads("notes/*"), reads("note*"))).toBe(false)
  expect(covers(reads("*.md"), reads("*"))).toBe(false)
  expect(covers(reads("*.md"), reads("a/*.md"))).toBe(true)
  expect(covers(reads("notes/*"), { type: "files:write", scope: "notes/a" })).toBe(false)
})

test("a * among the letters of a host covers other hosts of that name, and no path of another host", () => {
  const http = (scope: string): Capability => ({ type: "http", scope })
  const hosts = http("https://*.example.org/*")
  expect(covers(hosts, http("https://api.example.org/v1?q=1"))).toBe(true)
  expect(covers(hosts, http("https://a.b.example.org/"))).toBe(true)
  expect(covers(hosts, http("https://evil.example/.example.org/"))).toBe(false)
  expect(covers(hosts, http("https://evil.example/?x=.example.org/"))).toBe(false)
  expect(covers(hosts, http("http://api.example.org/"))).toBe(false)
  expect(covers(http("https://*"), http("https://api.example.org/v1"))).toBe(true)
  expect(covers(http("https://api.example.org*"), http("https://api.example.org/v1"))).toBe(true)
  expect(covers(http("https://api.example.org/*"), http("https://api.example.org.evil.example/"))).toBe(false)
  expect(covers(http("https://api.example.org/*"), http("https://api.example.org:8443/"))).toBe(false)
  expect(covers(http("/examples/*"), http("/examples/weather?city=Oslo"))).toBe(true)
  expect(covers(http("*"), http("https://anything.example/"))).toBe(true)
})
