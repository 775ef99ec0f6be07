import { type Actor, type Cause, createId, type Endpoint, keyScopeOf, NexusError, type Role } from "@nexus/protocol"
import type { Request, Response, Router } from "express"
import type * as z from "zod"
import type { Accounts, Identity } from "../accounts/accounts.ts"
import { allows } from "../accounts/roles.ts"
import { requireEverywhere, requireScope, roleUnder } from "../accounts/scopes.ts"
import { type AnsweredRequests, keyedSeed } from "./answered-requests.ts"
import { etagOf, isKnown } from "./etag.ts"
import { HttpRefusal } from "./http-refusal.ts"
import { negotiate } from "./negotiate.ts"
import { linkNext, pageOf } from "./pages.ts"
import type { RateLimits } from "./rate-limits.ts"
import { anchorSpan, traceIdOf } from "./trace-requests.ts"

/**
 * How an endpoint of the protocol becomes a route: limit, authenticate, parse, check the role, call, answer. All that a
 * route file has left to do is to say what is called; what is allowed stands in the endpoint.
 */
export interface Call<Params, Query, Body> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly traceId: string
  readonly request: Request
  readonly response: Response
}

export interface SignedInCall<Params, Query, Body> extends Call<Params, Query, Body> {
  readonly identity: Identity
  /** For endpoints whose workspace is known only after a look: throws `forbidden` without this role there. */
  require(workspace: string, role: Role): Promise<Role>
  /** An id for what this request makes; a request that is repeated under the same Idempotency-Key makes the same ids. */
  newId(prefix: string): string
}

export interface Routes {
  /** Serves an endpoint that is open to all. */
  open<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
    endpoint: Endpoint<P, Q, B, A>,
    handle: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Promise<z.input<A>>,
  ): void
  /** Serves an endpoint that needs a person, and their role when the endpoint names one. */
  guarded<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
    endpoint: Endpoint<P, Q, B, A>,
    handle: (call: SignedInCall<z.output<P>, z.output<Q>, z.output<B>>) => Promise<z.input<A>>,
  ): void
  /** Answers for the methods that the paths served so far do not take; called once, behind all of them. */
  refuseOtherMethods(): void
}

/** What of an endpoint a person may not ask in a workspace, beside what their role says; throws. */
export type RefuseUnseen = (endpoint: Endpoint, workspace: string, user: string) => Promise<void>

export interface RouteParts {
  readonly accounts: Accounts
  readonly limits: RateLimits
  readonly answered: AnsweredRequests
  readonly refuseUnseen: RefuseUnseen
  /** Keeps a workspace open until the answer is called. */
  readonly hold: (workspace: string) => () => void
}

export function createRoutes(router: Router, { accounts, limits, answered, refuseUnseen, hold }: RouteParts): Routes {
  const methodsOf = new Map<string, Set<string>>()
  const requireRole = async (
    endpoint: Endpoint,
    identity: Identity,
    workspace: string,
    needed: Role,
  ): Promise<Role> => {
    const role = roleUnder(identity, workspace, await accounts.roleOf(identity.user.id, workspace))
    if (role && allows(role, needed)) {
      await refuseUnseen(endpoint, workspace, identity.user.id)
      return role
    }
    const detail = `This needs the role ${needed} in the workspace.`
    throw new NexusError({ code: "forbidden", detail, needed, ...(role ? { role } : {}) })
  }
  const requireOperator = async (identity: Identity): Promise<void> => {
    const { user } = identity
    if ((await accounts.localOwner()).id === user.id) return
    const detail =
      "This is for the owner of this installation: sign in by the link that the kernel prints at its start."
    throw new NexusError({ code: "forbidden", detail })
  }
  const route = (endpoint: Endpoint, answer: (request: Request, response: Response) => Promise<unknown>) => {
    const path = endpoint.path.replaceAll(/\{(\w+)\}/g, ":$1")
    methodsOf.set(path, (methodsOf.get(path) ?? new Set()).add(endpoint.method.toUpperCase()))
    router[endpoint.method](path, async (request, response) => {
      response.locals.route = endpoint.name
      response.locals.tellsSecret = endpoint.tellsSecret === true
      negotiate(endpoint, request)
      send(endpoint, request, response, await answer(request, response))
    })
  }
  return {
    open: (endpoint, handle) =>
      route(endpoint, async (request, response) => {
        await limits.take(endpoint.name === "refresh" ? "refresh" : "auth", request.ip ?? "", response)
        return handle(callOf(endpoint, request, response))
      }),
    guarded: (endpoint, handle) =>
      route(endpoint, async (request, response) => {
        const identity = await accounts.authenticate(await tokenOf(endpoint, request, response, limits))
        await limits.take(endpoint.method === "get" ? "read" : "write", identity.user.id, response)
        anchorSpan(response, { actor: identity.user.id })
        refuseKey(endpoint, identity)
        const call = callOf(endpoint, request, response)
        const { access } = endpoint
        let letGo = (): void => undefined
        if (access === "operator") await requireOperator(identity)
        else if (access !== "person" && access !== "public") {
          const workspace = workspaceOf(call)
          await requireRole(endpoint, identity, workspace, access)
          anchorSpan(response, { workspace })
          letGo = hold(workspace)
        }
        try {
          const key = keyOf(endpoint, request)
          const user = identity.key ? `${identity.user.id} ${identity.key.id}` : identity.user.id
          const seed = key === undefined ? undefined : keyedSeed(user, key)
          let made = 0
          const work = () =>
            handle({
              ...call,
              identity,
              require: (workspace, role) => requireRole(endpoint, identity, workspace, role),
              newId: (prefix) => {
                made += 1
                return seed === undefined ? createId(prefix) : `${prefix}_${seed}${made === 1 ? "" : made}`
              },
            })
          if (key === undefined) return await work()
          const { name, status, tellsSecret = false } = endpoint
          const asked = JSON.stringify([name, call.params, call.query, call.body])
          const told = await answered.once({ user, key, asked, tellsSecret }, async () => ({
            status,
            answer: await work(),
          }))
          if (told.again) response.set("Idempotency-Replayed", "true")
          return told.answer
        } finally {
          letGo()
        }
      }),
    refuseOtherMethods: () => {
      for (const [path, methods] of methodsOf) {
        const allowed = [...methods, ...(methods.has("GET") ? ["HEAD"] : []), "OPTIONS"].sort().join(", ")
        router.all(path, (request, response) => {
          if (request.method === "OPTIONS") return response.set("Allow", allowed).status(204).end()
          const detail = `This path takes ${allowed}, not ${request.method.slice(0, 20)}.`
          throw new HttpRefusal(405, { code: "invalid-input", detail, path: "method" }, { Allow: allowed })
        })
      }
    },
  }
}

/**
 * The key under which a POST is done once. Not for files, whose stream is nothing to compare, nor for what is about the
 * account itself: not even a hash of a password is kept.
 */
function keyOf({ method, takes, tag }: Endpoint, request: Request): string | undefined {
  const key = request.get("idempotency-key")
  if (key === undefined || method !== "post" || takes !== undefined || tag === "auth") return undefined
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return key
  const detail = "A key is 1–200 printable characters without spaces."
  throw new NexusError({ code: "invalid-input", detail, path: "Idempotency-Key" })
}

function callOf<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, A>,
  request: Request,
  response: Response,
): Call<z.output<P>, z.output<Q>, z.output<B>> {
  const query = parsed(endpoint.query, request.query, "query")
  response.locals.query = query
  return {
    params: parsed(endpoint.params, request.params, "path"),
    query,
    body: parsed(endpoint.body, request.body ?? {}, ""),
    traceId: traceIdOf(request, response),
    request,
    response,
  }
}

/** Who and why, for a change that a person asked for over HTTP. */
export function causeOf(call: { readonly identity: Identity; readonly traceId: string }, reason: string): Cause {
  return { actor: actorOf(call.identity), reason, traceId: call.traceId }
}

/** Who and from where, for the audit log. */
export function auditOf(call: { readonly identity: Identity; readonly request: Request }) {
  return { actor: call.identity.user.id, address: call.request.ip }
}

export function actorOf({ user }: Identity): Actor {
  return { kind: "person", id: user.id, name: user.name }
}

/** Holds the access token for pages that a browser opens by their address, which sends no header. Nothing writes by it. */
export const READER_COOKIE = "nexus_reader"

/** The token of the Authorization header; of a cookie for a page. Guessing without one is limited by address. */
async function tokenOf(endpoint: Endpoint, request: Request, response: Response, limits: RateLimits): Promise<string> {
  const header = /^Bearer ([\w.~+/=-]{1,4096})$/.exec(request.get("authorization") ?? "")?.[1]
  const isPage = endpoint.method === "get" && endpoint.contentType === "text/html"
  const cookie = isPage
    ? /(?:^|;\s*)nexus_reader=([\w.~+/=-]{1,4096})(?:;|$)/.exec(request.get("cookie") ?? "")?.[1]
    : undefined
  const token = header ?? cookie
  if (token) return token
  await limits.take("open", request.ip ?? "", response)
  throw new NexusError({ code: "unauthenticated", detail: "This needs an access token." })
}

/** What a key opens beside what its role allows: what the endpoint says, and nothing of the account. */
function refuseKey(endpoint: Endpoint, identity: Identity): void {
  if (!identity.key) return
  const scope = keyScopeOf(endpoint)
  if (scope === undefined) {
    throw new NexusError({ code: "forbidden", detail: "An API key does not open this. Sign in as a person." })
  }
  requireScope(identity, scope)
  if (endpoint.everywhere || endpoint.access === "operator") requireEverywhere(identity)
}

/** The workspace an endpoint's role is about: named in its path, query or body. */
function workspaceOf({ params, query, body }: Call<unknown, unknown, unknown>): string {
  for (const part of [params, query, body]) {
    if (typeof part === "object" && part && "workspace" in part && typeof part.workspace === "string") {
      return part.workspace
    }
  }
  throw new Error("an endpoint with a role names no workspace")
}

function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown, place: string): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const path = [...(place ? [place] : []), ...(issue?.path ?? [])].join(".")
  const detail = issue?.message ?? "not what this endpoint takes"
  throw new NexusError({ code: "invalid-input", detail, ...(path ? { path } : {}) })
}

function send(endpoint: Endpoint, request: Request, response: Response, answer: unknown): void {
  // What was streamed has answered already.
  if (response.headersSent) return
  response.status(endpoint.status)
  if (endpoint.status === 204) response.end()
  else if (endpoint.contentType) response.type(endpoint.contentType).send(answer)
  else if (typeof answer === "object" && answer !== null) {
    const page = pageOf(endpoint, response.locals.query, answer)
    if (page.next !== undefined) linkNext(request, response, page.next)
    const tag = etagOf(page.answer)
    if (endpoint.versioned || endpoint.method === "get") response.set("ETag", endpoint.versioned ? tag : `W/${tag}`)
    if (endpoint.method === "get" && isKnown(request, tag)) response.status(304).end()
    else response.json(page.answer)
  } else response.json(answer)
}
