import * as z from "zod"
import { Failure } from "../failure.ts"
import { isArray, isJsonObject, Json, type JsonObject } from "../json.ts"
import { Change } from "../nog/change.ts"
import { Entity } from "../nog/entity.ts"
import { Operation } from "../nog/operation.ts"
import { Query } from "../nog/query.ts"
import { Relationship } from "../nog/relationship.ts"
import { Patch } from "../patch/patch.ts"
import { type Endpoint, keyScopeOf } from "./endpoint.ts"
import * as endpoints from "./endpoints.ts"
import { exampleOf, HEADERS, PARAMETERS, RESPONSES, refusalsOf, SECURITY_SCHEMES } from "./openapi-parts.ts"
import { Problem } from "./problem.ts"

/** Schemas that many endpoints share; each becomes one component, so that the document stays readable. */
const COMPONENTS = { Json, Operation, Entity, Relationship, Change, Patch, Failure, Problem, Query }

/** The OpenAPI 3.1 document of the HTTP interface, derived from the endpoints and nothing else. */
export function openApiDocument(info: { readonly version: string; readonly url: string }): JsonObject {
  const paths: Record<string, Record<string, JsonObject>> = {}
  const schemas = componentSchemas()
  for (const endpoint of Object.values<Endpoint>(endpoints)) {
    const path = `/api/v1${endpoint.path}`
    paths[path] = { ...paths[path], [endpoint.method]: operationOf(endpoint, schemas) }
  }
  return {
    openapi: "3.1.1",
    info: { title: "Nexus", version: info.version, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    servers: [{ url: info.url }],
    tags: [...new Set(Object.values<Endpoint>(endpoints).map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: SECURITY_SCHEMES,
      headers: HEADERS,
      parameters: PARAMETERS,
      responses: RESPONSES,
      schemas,
    },
  }
}

const BYTES: JsonObject = { type: "string", format: "binary" }

function operationOf(endpoint: Endpoint, schemas: JsonObject): JsonObject {
  const answer =
    endpoint.status === 204
      ? {}
      : {
          content: {
            [endpoint.contentType ?? "application/json"]: {
              schema: endpoint.contentType === "application/octet-stream" ? BYTES : schemaOf(endpoint.answer, "output"),
            },
          },
        }
  const body = schemaOf(endpoint.body, "input")
  const hasBody = body.properties === undefined || Object.keys(body.properties as JsonObject).length > 0
  return {
    operationId: endpoint.name,
    tags: [endpoint.tag],
    summary: endpoint.summary,
    description: whoMay(endpoint),
    security: endpoint.access === "public" ? [] : [{ bearer: [] }, ...(endpoint.session ? [] : [{ apiKey: [] }])],
    parameters: [
      ...parametersOf(endpoint.params, "path"),
      ...parametersOf(endpoint.query, "query"),
      ...headersTaken(endpoint),
    ],
    ...(endpoint.takes ? { requestBody: { required: true, content: { [endpoint.takes]: { schema: BYTES } } } } : {}),
    ...(hasBody
      ? {
          requestBody: {
            required: true,
            content: { "application/json": { schema: body, example: exampleOf(body, schemas) } },
          },
        }
      : {}),
    responses: {
      [endpoint.status]: {
        description: endpoint.status === 204 ? "Done." : "The answer.",
        headers: headersGiven(endpoint),
        ...answer,
      },
      ...(endpoint.method === "get" ? { "304": { description: "It is as If-None-Match says." } } : {}),
      ...refusalsOf(endpoint, hasBody),
      default: {
        description: "A failure.",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  }
}

function whoMay(endpoint: Endpoint): string {
  const { access, decides, everywhere } = endpoint
  if (access === "public") return "Open to all."
  const scope = keyScopeOf(endpoint)
  const which = everywhere || access === "operator" ? " for all workspaces" : ""
  const keys = scope === undefined ? "Not open to API keys." : `API keys${which}: from the scope ${scope}.`
  return `Needs: ${decides ?? access}. ${keys}`
}

function headersTaken({ method, versioned, takes, tag }: Endpoint): JsonObject[] {
  const named = [
    ...(method === "get" ? ["IfNoneMatch"] : []),
    ...(versioned && method !== "get" ? ["IfMatch"] : []),
    ...(method === "post" && takes === undefined && tag !== "auth" ? ["IdempotencyKey"] : []),
  ]
  return named.map((name) => ({ $ref: `#/components/parameters/${name}` }))
}

function headersGiven({ method, versioned, pages, status }: Endpoint): JsonObject {
  const named = {
    "X-Request-Id": "RequestId",
    RateLimit: "RateLimit",
    ...(status !== 204 && (method === "get" || versioned) ? { ETag: "ETag" } : {}),
    ...(pages === undefined ? {} : { Link: "Link" }),
  }
  return Object.fromEntries(
    Object.entries(named).map(([name, header]) => [name, { $ref: `#/components/headers/${header}` }]),
  )
}

function parametersOf(schema: z.ZodType, place: "path" | "query"): JsonObject[] {
  const { properties = {}, required = [] } = schemaOf(schema, "input")
  return Object.entries(properties as JsonObject).map(([name, property]) => ({
    name,
    in: place,
    required: place === "path" || (required as readonly string[]).includes(name),
    schema: property,
  }))
}

function componentSchemas(): JsonObject {
  return Object.fromEntries(
    Object.entries<z.ZodType>(COMPONENTS).map(([name, schema]) => [name, schemaOf(schema, "output", name)]),
  )
}

/** JSON Schema of `schema` in which every shared schema, but the one being written, is a reference. */
function schemaOf(schema: z.ZodType, io: "input" | "output", self?: string): JsonObject {
  const names = new Map<unknown, string>(Object.entries(COMPONENTS).map(([name, component]) => [component, name]))
  const json = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      const name = names.get(zodSchema)
      if (name === undefined || name === self) return
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key as keyof typeof jsonSchema]
      jsonSchema.$ref = `#/components/schemas/${name}`
    },
  })
  const { $schema: _dialect, $defs: definitions, ...rest } = json as JsonObject
  return resolved(rest, isJsonObject(definitions) ? definitions : {}, self) as JsonObject
}

/** Zod hoists what recurs into `$defs` beside each schema; in one document that is always a component. */
function resolved(value: Json, definitions: JsonObject, self: string | undefined): Json {
  if (isArray(value)) return value.map((item) => resolved(item, definitions, self))
  if (!isJsonObject(value)) return value
  const reference = value.$ref
  if (reference === "#") return { $ref: `#/components/schemas/${self}` }
  if (typeof reference === "string" && reference.startsWith("#/$defs/")) {
    return definitions[reference.slice("#/$defs/".length)] ?? value
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item, definitions, self)]))
}
