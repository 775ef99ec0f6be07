import { Validator } from "@seriousme/openapi-schema-validator"
import { expect, test } from "vitest"
import {
  type Endpoint,
  endpoints,
  isArray,
  isJsonObject,
  type Json,
  keyScopeOf,
  openApiDocument,
} from "../../src/index.ts"

const document = openApiDocument({ version: "1.2.3", url: "http://127.0.0.1:4400" })
const all = Object.values<Endpoint>(endpoints)

function* objectsIn(value: Json | undefined): Generator<Record<string, Json>> {
  if (value !== undefined && isArray(value)) for (const item of value) yield* objectsIn(item)
  if (!isJsonObject(value)) return
  yield value
  for (const item of Object.values(value)) yield* objectsIn(item)
}

test("the document is what the meta-schema of OpenAPI 3.1 calls one", async () => {
  const validator = new Validator()
  const { valid, errors } = await validator.validate(JSON.parse(JSON.stringify(document)))
  expect(errors).toBeUndefined()
  expect([valid, validator.version]).toEqual([true, "3.1"])
  const spoilt = await new Validator().validate({ openapi: "3.1.0", info: { title: "No version" } })
  expect(spoilt.valid).toBe(false)
})

test("every body has an example that its endpoint takes", () => {
  for (const endpoint of all) {
    const operation = [...objectsIn(document.paths)].find(({ operationId }) => operationId === endpoint.name)
    const bodies = [...objectsIn(operation?.requestBody)].filter((value) => "example" in value && "schema" in value)
    for (const { example } of bodies) {
      const { error } = endpoint.body.safeParse(example)
      expect(error?.issues, `${endpoint.name} ${JSON.stringify(example)}`).toBeUndefined()
    }
  }
})

test("every refusal is described by its status, its codes and a problem", () => {
  const { responses } = document.components as { responses: Record<string, Json> }
  for (const [name, response] of Object.entries(responses)) {
    const [problem] = [...objectsIn(response)].filter((value) => "example" in value).map(({ example }) => example)
    expect(problem, name).toMatchObject({ status: Number(name.slice("Problem".length)), code: expect.any(String) })
  }
})

test("the document is OpenAPI 3.1 and plain JSON", () => {
  expect(document.openapi).toMatch(/^3\.1\.\d$/)
  expect(document.info).toMatchObject({ title: "Nexus", version: "1.2.3" })
  expect(JSON.parse(JSON.stringify(document))).toEqual(document)
})

test("every endpoint is in the document once, below /api/v1", () => {
  const operations = [...objectsIn(document.paths)].filter((value) => typeof value.operationId === "string")
  expect(operations.map(({ operationId }) => operationId).sort()).toEqual(all.map(({ name }) => name).sort())
  for (const path of Object.keys(document.paths as object)) expect(path).toMatch(/^\/api\/v1\//)
  expect(Object.entries(endpoints).every(([key, endpoint]) => key === endpoint.name)).toBe(true)
})

test("every reference leads to a component", () => {
  const components = document.components as Record<string, Record<string, Json>>
  const references = [...objectsIn(document)].flatMap(({ $ref }) => (typeof $ref === "string" ? [$ref] : []))
  expect(references.length).toBeGreaterThan(20)
  for (const reference of references) {
    const [, kind = "", name = ""] = /^#\/components\/(\w+)\/(\w+)$/.exec(reference) ?? []
    expect(Object.hasOwn(components[kind] ?? {}, name), reference).toBe(true)
  }
  expect(JSON.stringify(document)).not.toContain("$defs")
})

test("every name in a path is a required path parameter, and no other is", () => {
  for (const endpoint of all) {
    const named = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
    const operation = [...objectsIn(document.paths)].find(({ operationId }) => operationId === endpoint.name)
    const parameters = [...objectsIn(operation?.parameters)].filter((value) => value.in === "path")
    expect(parameters.map(({ name }) => name).sort(), endpoint.name).toEqual(named)
    expect(parameters.every(({ required }) => required === true)).toBe(true)
  }
})

test("every answer and every failure has a schema, and every guarded endpoint names its security", () => {
  for (const endpoint of all) {
    const operation = [...objectsIn(document.paths)].find(({ operationId }) => operationId === endpoint.name)
    const responses = operation?.responses
    if (!isJsonObject(responses)) throw new Error(`${endpoint.name} has no responses`)
    const success = responses[endpoint.status]
    if (endpoint.status !== 204) expect(success, endpoint.name).toHaveProperty("content")
    expect(JSON.stringify(responses.default)).toContain("application/problem+json")
    expect(operation?.security).toEqual(
      endpoint.access === "public" ? [] : [{ bearer: [] }, ...(endpoint.session ? [] : [{ apiKey: [] }])],
    )
  }
})

test("every guarded endpoint says which API keys open it", () => {
  for (const endpoint of all) {
    const operation = [...objectsIn(document.paths)].find(({ operationId }) => operationId === endpoint.name)
    const scope = keyScopeOf(endpoint)
    if (endpoint.access === "public") expect(operation?.description).not.toContain("API keys")
    else if (scope) expect(operation?.description, endpoint.name).toMatch(new RegExp(`API keys.*the scope ${scope}\\.`))
    else expect(operation?.description, endpoint.name).toContain("Not open to API keys.")
  }
  expect(all.filter(({ scope }) => scope !== undefined).map(({ name }) => name)).toEqual(
    expect.arrayContaining(["createWorkspace", "importRepository", "importWorkspace", "readHostKeys", "setGrant"]),
  )
})

test("an endpoint with a role names the workspace the role is about", () => {
  for (const endpoint of all) {
    if (["public", "person", "operator"].includes(endpoint.access)) continue
    const operation = [...objectsIn(document.paths)].find(({ operationId }) => operationId === endpoint.name)
    const text = JSON.stringify([operation?.parameters, operation?.requestBody])
    const proposal = endpoint.name === "proposePatch"
    expect(proposal || text.includes('"workspace"'), endpoint.name).toBe(true)
  }
})

test("only signing in is open to all, and who may only look writes nothing but leaves, and answers what names its role", () => {
  const open = all.filter(({ access }) => access === "public").map(({ name }) => name)
  expect(open.sort()).toEqual([
    ...["finishProviderSignIn", "listSignInWays", "login", "logout", "refresh", "register", "signInByLink"],
    ...["startProviderSignIn", "takeSecondStep"],
  ])
  const writes = all.filter(({ access, method }) => access === "viewer" && method !== "get").map(({ name }) => name)
  expect(writes.sort()).toEqual(["answerQuestion", "queryGraph", "removeMember"])
})
