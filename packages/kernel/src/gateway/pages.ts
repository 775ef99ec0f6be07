import type { Endpoint } from "@nexus/protocol"
import type { Request, Response } from "express"

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
  if (pages === undefined || !Array.isArray(all)) return { answer }
  const limit = Number(valueAt(asked, "limit"))
  const from = start(all, valueAt(asked, "cursor"))
  const items = all.slice(from, from + limit)
  if (from + limit >= all.length) return { answer: { ...answer, [pages]: items } }
  const next = Buffer.from(JSON.stringify([from + limit, keyOf(items.at(-1))])).toString("base64url")
  return { answer: { ...answer, [pages]: items, next }, next }
}

/** Tells of the next page in the way that clients know who have never seen this API. */
export function linkNext(request: Request, response: Response, next: string): void {
  const query = new URLSearchParams(request.originalUrl.split("?")[1])
  query.set("cursor", next)
  response.set("Link", `<${request.baseUrl}${request.path}?${query}>; rel="next"`)
}

function start(all: readonly unknown[], cursor: unknown): number {
  if (typeof cursor !== "string") return 0
  const [count, key] = read(cursor)
  const last = key === "" ? -1 : all.findIndex((item) => keyOf(item) === key)
  return last === -1 ? count : last + 1
}

function read(cursor: string): readonly [number, string] {
  try {
    const told: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString())
    if (Array.isArray(told) && Number.isSafeInteger(told[0]) && told[0] >= 0) return [told[0], String(told[1])]
  } catch {
    // Not one of ours: from the start.
  }
  return [0, ""]
}

/** What tells an item of a list from the others. */
function keyOf(item: unknown): string {
  const key = valueAt(item, "id") ?? valueAt(item, "run") ?? valueAt(valueAt(item, "user"), "id")
  return typeof key === "string" ? key : ""
}

function valueAt(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined
}
