import { endpoints } from "@nexus/protocol"
import * as z from "zod"
import type { Desk } from "../workspace/desk.ts"
import { studio } from "../workspace/studio.ts"
import { TimelineEntry } from "./twin.ts"

/** A change is recorded within this time after the turn that made it began, unless it slept. */
const WITHIN_MS = 60_000

/** Turns the canvas to the change `seq`, made by a turn that began at `at`; to that instant where it made none. */
export async function openMoment({ api, workspace }: Desk, at: number, seq: number | undefined): Promise<void> {
  const instant = seq === undefined ? at : ((await instantOf({ api, workspace }, at, seq)) ?? at)
  studio.set({ drawer: undefined, run: undefined, timeOpen: true, instant })
}

async function instantOf(
  { api, workspace }: Pick<Desk, "api" | "workspace">,
  at: number,
  seq: number,
): Promise<number | undefined> {
  const query = { workspace, from: String(at), to: String(at + WITHIN_MS) }
  const { entries } = await api.call(endpoints.twinTimeline, { query })
  return z
    .array(TimelineEntry)
    .parse(entries)
    .find((entry) => entry.seq === seq && entry.type === "change_committed")?.at
}
