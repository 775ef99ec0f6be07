import { createHash } from "node:crypto"
import type { Request } from "express"
import { HttpRefusal } from "./http-refusal.ts"

/**
 * The tag of an answer: what it says, all but `seq`, which moves with every change of the whole workspace. So a panel's
 * tag changes when the panel does, and nobody is refused because somebody else moved another one.
 */
export function etagOf(answer: object): string {
  const { seq: _moves, ...content } = { seq: undefined, ...answer }
  return `"${createHash("sha256").update(JSON.stringify(content)).digest("base64url").slice(0, 27)}"`
}

/** Does the caller hold this version already? Asked by ourselves: a browser's `fetch` says "no cache" beside it. */
export function isKnown(request: Request, tag: string): boolean {
  const known = request.get("if-none-match")?.split(",") ?? []
  return known.some((one) => one.trim().replace(/^W\//, "") === tag)
}

/** Throws 412 when the request was made for another version of `now` than this one. */
export function requireMatch(request: Request, now: object): void {
  const asked = request.get("if-match")
  if (asked === undefined || asked.trim() === "*") return
  const tag = etagOf(now)
  if (asked.split(",").some((one) => one.trim() === tag)) return
  const detail = "It has changed since it was read. Read it again, and decide again."
  throw new HttpRefusal(412, { code: "conflict", detail }, { ETag: tag })
}
