import { createHash } from "node:crypto"
import { type Endpoint, NexusError } from "@nexus/protocol"
import type { Request, Response } from "express"
import type * as z from "zod"

/**
 * One page of a list, cut where the list is known whole: lists of a workspace are bounded and stand in memory or in one
 * query, so a window over them costs nothing and every list has the same one. A cursor holds the last item told and how
 * many were before it: where the item is gone, the count says where to go on.
 */
export function pageOf(
  { pages }: Endpoint,
  asked: unknown,
  answer: object,
): { readonly answer: object; readonly next?: string } {
  const all = pages === undefined ? undefined : valueAt(answer, pages)
  if (pages === undefined || !Array.isArray(all)) {
    const next = valueAt(answer, "next")
    return typeof next === "string" ? { answer, next } : { answer }
  }
  const limit = Number(valueAt(asked, "limit"))
  const from = start(all, valueAt(asked, "cursor"))
  const items = all.slice(from, from + limit)
  if (from + limit >= all.length) return { answer: { ...answer, [pages]: items } }
  const next = toCursor([from + limit, keyOf(items.at(-1))])
  return { answer: { ...answer, [pages]: items, next }, next }
}

/** A place in a list, as text that says nothing to anyone but the kernel. */
export function toCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url")
}

/**
 * The place that a cursor of a long list names, as `schema` reads it: lists that are read page by page where they are
 * kept cannot begin anew for a cursor that nobody gave. Throws `invalid-input`.
 */
export function placeIn<Place>(cursor: string | undefined, schema: z.ZodType<Place>): Place | undefined {
  if (cursor === undefined) return undefined
  const place = schema.safeParse(read(cursor))
  if (place.success) return place.data
  const detail = "This is no cursor of this list. Take the one that the page before gave, or leave it out."
  throw new NexusError({ code: "invalid-input", detail, path: "query.cursor" })
}

/** Tells of the next page in the way that clients know who have never seen this API. */
export function linkNext(request: Request, response: Response, next: string): void {
  const query = new URLSearchParams(request.originalUrl.split("?")[1])
  query.set("cursor", next)
  response.set("Link", `<${request.baseUrl}${request.path}?${query}>; rel="next"`)
}

function start(all: readonly unknown[], cursor: unknown): number {
  if (typeof cursor !== "string") return 0
  const [count, key] = countAndKey(read(cursor))
  const last = key === "" ? -1 : all.findIndex((item) => keyOf(item) === key)
  return last === -1 ? count : last + 1
}

/** Not one of ours: from the start. */
function countAndKey(told: unknown): readonly [number, string] {
  if (Array.isArray(told) && Number.isSafeInteger(told[0]) && told[0] >= 0) return [told[0], String(told[1])]
  return [0, ""]
}

function read(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString())
  } catch {
    return undefined
  }
}

/** What tells an item of a list from the others. */
function keyOf(item: unknown): string {
  const key = valueAt(item, "id") ?? valueAt(item, "run") ?? valueAt(valueAt(item, "user"), "id")
  if (typeof key === "string") return key
  return createHash("sha256").update(JSON.stringify(item)).digest("base64url")
}

function valueAt(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined
}
