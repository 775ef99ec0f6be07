import type { Desk } from "../workspace/desk.ts"
import { studio } from "../workspace/studio.ts"
import { createTalk, type Talk } from "./talk.ts"

const talks = new WeakMap<Desk, Talk>()

/** The one talk of a desk. A patch opens its review at once. */
export function talkOf(desk: Desk): Talk {
  const known = talks.get(desk)
  if (known) return known
  const made = createTalk(desk.api, desk.workspace, (patch) => studio.set({ reviewing: patch.id }))
  talks.set(desk, made)
  return made
}
