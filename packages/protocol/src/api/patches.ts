import * as z from "zod"
import { Failure } from "../failure.ts"
import { Id } from "../ids.ts"
import { Change } from "../nog/change.ts"
import { Entity } from "../nog/entity.ts"
import { Patch, PatchProposal, PatchStatus } from "../patch/patch.ts"
import { endpoint } from "./endpoint.ts"
import { PageNext, PageQuery } from "./page.ts"

/** One touched entity as it is and as it would be; absent on the side where it does not exist. */
export const PreviewEntity = z.object({ id: Id, before: Entity.optional(), after: Entity.optional() })
export type PreviewEntity = Readonly<z.infer<typeof PreviewEntity>>

/** What accepting would do to the graph now: panels, and entities that people or AI made; derived ones are left out. */
export const PatchPreview = z.object({
  entities: z.array(PreviewEntity),
  /** `type:scope` declarations that touched panels would gain. A patch grants none of them. */
  capabilities: z.array(z.string()),
})
export type PatchPreview = Readonly<z.infer<typeof PatchPreview>>

/** `preview` is absent when the patch no longer applies; `failure` then says why. */
export const PatchReview = z.object({
  patch: Patch,
  preview: PatchPreview.optional(),
  failure: Failure.optional(),
})
export type PatchReview = Readonly<z.infer<typeof PatchReview>>

const none = z.object({})
const patch = z.object({ patch: Id })
const shared = { tag: "patches", params: patch, query: none, body: none, access: "person", status: 200 } as const

export const proposePatch = endpoint({
  ...shared,
  name: "proposePatch",
  method: "post",
  path: "/patch/apply",
  summary: "Propose operations; they wait for a person's review",
  access: "editor",
  params: none,
  body: PatchProposal,
  status: 201,
  answer: PatchReview,
})

export const listPatches = endpoint({
  ...shared,
  name: "listPatches",
  method: "get",
  path: "/patches",
  summary: "The patches of a workspace, newest first",
  access: "viewer",
  params: none,
  query: z.object({ workspace: Id, status: PatchStatus.optional(), ...PageQuery }),
  answer: z.object({ patches: z.array(Patch), ...PageNext }),
  pages: "patches",
})

export const getPatch = endpoint({
  ...shared,
  name: "getPatch",
  method: "get",
  path: "/patches/{patch}",
  summary: "One patch with its preview against the graph of now",
  decides: "viewer",
  answer: PatchReview,
})

export const acceptPatch = endpoint({
  ...shared,
  name: "acceptPatch",
  method: "post",
  path: "/patches/{patch}/accept",
  summary: "Make the patch, or the operations chosen by index, one change",
  decides: "editor",
  body: z.object({ operations: z.array(z.int().min(0)).min(1).max(1000).optional() }),
  answer: z.object({ patch: Patch, change: Change }),
})

export const rejectPatch = endpoint({
  ...shared,
  name: "rejectPatch",
  method: "post",
  path: "/patches/{patch}/reject",
  summary: "Turn the patch down",
  decides: "editor",
  answer: z.object({ patch: Patch }),
})

export const revertPatch = endpoint({
  ...shared,
  name: "revertPatch",
  method: "post",
  path: "/patches/{patch}/revert",
  summary: "Take an accepted patch back, over what came since",
  decides: "editor",
  answer: z.object({ change: Change }),
})
