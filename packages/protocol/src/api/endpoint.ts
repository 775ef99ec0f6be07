import type * as z from "zod"
import type { Role } from "../wire/server-message.ts"
import type { KeyScope } from "./key-scope.ts"

/**
 * One HTTP endpoint as a value: what it takes, what it gives, who may. The kernel's router, the OpenAPI document and
 * the tests read the same list, so that a route cannot be served and undocumented, or documented and unchecked.
 * A role as `access` means: of the workspace that `workspace` in params, query or body names. `operator` is who owns
 * this installation.
 */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  /** The OpenAPI operationId. */
  readonly name: string
  readonly tag:
    | "auth"
    | "audit"
    | "workspaces"
    | "panels"
    | "graph"
    | "patches"
    | "versions"
    | "time"
    | "files"
    | "packages"
    | "runs"
    | "assistant"
    | "health"
  readonly method: "get" | "post" | "put" | "patch" | "delete"
  /** Below `/api/v1`, with `{name}` for each of `params`. */
  readonly path: string
  readonly summary: string
  readonly access: "public" | "person" | "operator" | Role
  /** Only for somebody who signed in: an API key does not open it, whatever its scope. */
  readonly session?: true
  /** The scope that an API key needs, where it is not `read` for what reads and `write` for the rest. */
  readonly scope?: KeyScope
  /** It is about no workspace yet: a key that is for some of them does not open it, nor what is the operator's. */
  readonly everywhere?: true
  /** It changes nothing, whatever its method says: a key that may only read opens it. */
  readonly reads?: true
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly status: 200 | 201 | 204
  readonly answer: Answer
  /** Set when the request's body is not JSON; it is read as it comes, and `body` describes nothing. */
  readonly takes?: "application/octet-stream"
  /** Set when the answer is not JSON. */
  readonly contentType?: "text/html" | "text/event-stream" | "application/octet-stream"
  /** The answer's list that comes in pages: `query` has `PageQuery`, the answer `PageNext`. */
  readonly pages?: string
  /** Reading it gives an ETag of what it is, all but `seq`; writing it takes that one in If-Match. */
  readonly versioned?: true
  /** The answer holds what is told once: it is never compressed, and never kept to be told again. */
  readonly tellsSecret?: true
  /** Who may, when the workspace is known only after a look, or hangs on what is asked; `access` is then the least. */
  readonly decides?: Role
}

/** Keeps each schema's own type, which an annotation would lose. */
export function endpoint<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(value: Endpoint<Params, Query, Body, Answer>): Endpoint<Params, Query, Body, Answer> {
  return value
}

/** The scope that an API key needs for it, beside what its role in the workspace must be; none when no key will do. */
export function keyScopeOf({ access, session, scope, method, reads }: Endpoint): KeyScope | undefined {
  if (session || access === "public") return undefined
  if (access === "operator") return "admin"
  return scope ?? (method === "get" || reads ? "read" : "write")
}
