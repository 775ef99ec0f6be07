import type { Desk } from "../workspace/desk.ts"
import { createTalk, type Talk } from "./talk.ts"

const talks = new WeakMap<Desk, Talk>()

/** The one talk of a desk; it ends with the page, not with the drawer. */
export function talkOf(desk: Desk): Talk {
  const known = talks.get(desk)
  if (known) return known
  const made = createTalk(desk.api, desk.workspace)
  talks.set(desk, made)
  return made
}
