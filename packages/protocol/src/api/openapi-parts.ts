import { isArray, isJsonObject, type Json, type JsonObject } from "../json.ts"
import type { Endpoint } from "./endpoint.ts"

/** What operations of the document share beside schemas: the ways to say who one is, headers, and refusals by status. */
export const SECURITY_SCHEMES: JsonObject = {
  bearer: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "The access token of a person who signed in. Good for minutes; traded by `refresh`.",
  },
  apiKey: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "nxk_…",
    description: "An API key, in the same header. It opens what its scope and its person's role both allow.",
  },
}

const header = (description: string, schema: JsonObject = { type: "string" }): JsonObject => ({ description, schema })

export const HEADERS: JsonObject = {
  RequestId: header("The request's id, which is its trace's id too.", { type: "string", pattern: "^[0-9a-f]{32}$" }),
  RateLimit: header("What is left of the class of this request, and in how many seconds it is whole again."),
  ETag: header("This version of what was read or written, for If-None-Match and If-Match."),
  Link: header('The next page, as `<…>; rel="next"`; absent on the last.'),
  RetryAfter: header("Seconds to wait.", { type: "integer" }),
}

const given = (name: string, description: string): JsonObject => ({
  name,
  in: "header",
  required: false,
  description,
  schema: { type: "string" },
})

export const PARAMETERS: JsonObject = {
  IfNoneMatch: given("If-None-Match", "Answers 304 when the version is still this one."),
  IfMatch: given("If-Match", "Refused with 412 when the version is no longer this one."),
  IdempotencyKey: given(
    "Idempotency-Key",
    "1–200 printable characters. Repeated within a day, the first answer comes again and nothing is done twice.",
  ),
}

const CODES = {
  "400": ["invalid-input"],
  "401": ["unauthenticated"],
  "403": ["forbidden", "capability-denied"],
  "404": ["not-found", "handler-unknown"],
  "406": ["invalid-input"],
  "409": ["conflict", "operation-conflict"],
  "412": ["conflict"],
  "413": ["too-large"],
  "415": ["invalid-input"],
  "422": ["invalid-input", "panel-invalid", "handler-failed", "handler-timeout", "handler-memory"],
  "426": ["version-mismatch"],
  "429": ["rate-limited", "quota-exceeded"],
  "503": ["unavailable", "sandbox-crashed", "lease-lost"],
} as const

const MEANS: { readonly [Status in keyof typeof CODES]: string } = {
  "400": "The request cannot be read.",
  "401": "Nobody is signed in, or no longer.",
  "403": "Not with this role, this key or these rights.",
  "404": "It is not there.",
  "406": "The answer has another form than the request accepts.",
  "409": "It does not fit what is there now.",
  "412": "It is another version than If-Match says.",
  "413": "It is too large.",
  "415": "The body has a form that is not taken.",
  "422": "The request is understood and not right.",
  "426": "Both sides speak different versions.",
  "429": "Too much of it; the answer says when to come back.",
  "503": "Not now. What was acknowledged is kept.",
}

/** One response for each status of a refusal, with the codes its problem may have. */
export const RESPONSES: JsonObject = Object.fromEntries(
  Object.entries(CODES).map(([status, codes]) => {
    const schema = {
      allOf: [{ $ref: "#/components/schemas/Problem" }, { properties: { code: { enum: [...codes] } } }],
    }
    const example = {
      type: `urn:nexus:failure:${codes[0]}`,
      title: codes[0].charAt(0).toUpperCase() + codes[0].slice(1).replaceAll("-", " "),
      status: Number(status),
      detail: "What happened, with its values, and what to do next.",
      code: codes[0],
      requestId: "0af7651916cd43dd8448eb211c80319c",
    }
    const headers: JsonObject = {
      "X-Request-Id": { $ref: "#/components/headers/RequestId" },
      ...(status === "429" ? { "Retry-After": { $ref: "#/components/headers/RetryAfter" } } : {}),
    }
    const description = `${MEANS[status as keyof typeof MEANS]} Codes: ${codes.join(", ")}.`
    return [`Problem${status}`, { description, headers, content: { "application/problem+json": { schema, example } } }]
  }),
)

/** The refusals that this endpoint can answer with, by status. */
export function refusalsOf(endpoint: Endpoint, hasBody: boolean): JsonObject {
  const isGuarded = endpoint.access !== "public"
  const writes = endpoint.method !== "get"
  const statuses: (keyof typeof CODES)[] = [
    ...(["400", "406", "422", "429", "503"] as const),
    ...(isGuarded || endpoint.tag === "auth" ? (["401", "403"] as const) : []),
    ...(isGuarded ? (["404"] as const) : []),
    ...(writes ? (["409"] as const) : []),
    ...(hasBody || endpoint.takes ? (["413"] as const) : []),
    ...(hasBody ? (["415"] as const) : []),
    ...(writes && endpoint.versioned ? (["412"] as const) : []),
  ]
  return Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]))
}

/** Texts that patterns are tried with: the first that fits stands as the example. */
const TEXTS = [
  "panel_1",
  "add",
  "notes",
  "report.pdf",
  "image/png",
  "1.0.0",
  "main",
  "123456",
  "essentials",
  "Dot",
  "onPick",
]
const LONG = ["0af7651916cd43dd8448eb211c80319c3e1b5a0c", `${"0af7651916cd43dd8448eb211c80319c".repeat(2)}`]

/** A value that fits a JSON schema, as short as can be and readable: an example beside it. */
export function exampleOf(schema: JsonObject, components: JsonObject, depth = 0): Json {
  const again = (inner: Json | undefined) => (isJsonObject(inner) ? exampleOf(inner, components, depth + 1) : null)
  if (schema.examples !== undefined && isArray(schema.examples)) return schema.examples[0] ?? null
  if (schema.default !== undefined) return schema.default
  if (typeof schema.$ref === "string") {
    const name = schema.$ref.split("/").at(-1) ?? ""
    return name === "Json" || depth > 12 ? null : again(components[name])
  }
  if (schema.const !== undefined) return schema.const
  if (isArray(schema.enum)) return schema.enum[0] ?? null
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (isArray(choices)) return again(choices[0])
  if (schema.type === "string") return textOf(schema)
  if (schema.type === "integer" || schema.type === "number") {
    const least = Number(schema.minimum ?? schema.exclusiveMinimum ?? 0)
    return schema.exclusiveMinimum === undefined ? Math.max(least, 0) : least + 1
  }
  if (schema.type === "boolean") return true
  if (schema.type === "array") return Number(schema.minItems ?? 0) > 0 ? [again(schema.items)] : []
  if (schema.type !== "object") return null
  const required = isArray(schema.required) ? schema.required : []
  const properties = isJsonObject(schema.properties) ? Object.entries(schema.properties) : []
  return Object.fromEntries(
    properties
      .filter(([name]) => required.includes(name))
      .map(([name, property]) => [name, name === "email" ? "ada@example.org" : again(property)]),
  )
}

function textOf({ pattern, format, minLength }: JsonObject): string {
  if (format === "uri") return "https://example.org/"
  const least = Number(minLength ?? 0)
  if (typeof pattern === "string") {
    const fits = new RegExp(pattern, "u")
    const fitting = [...TEXTS, ...LONG].find((text) => fits.test(text) && text.length >= least)
    if (fitting !== undefined) return fitting
  }
  return least > 12 ? "correct horse battery staple".padEnd(least, "-") : "some text".padEnd(least, "-")
}
