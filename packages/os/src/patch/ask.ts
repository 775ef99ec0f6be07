import { Confidence, Frame, Identifier, RelationshipKind } from "@nexus/protocol"
import * as z from "zod"
import type { ModelTool } from "../model/model.ts"

/**
 * What a model may propose. Changes to a panel are text edits on its NXML source: a few tokens where a rewritten
 * panel costs thousands, and whatever the edit does not name stays as it was. JSON Patch over a parsed tree was
 * refused: models address text far more reliably than positions in a tree.
 */
const Edit = z.object({
  find: z.string().min(1).describe("Text that stands exactly once in the panel's source, copied with its spaces."),
  replace: z.string().describe("What stands there instead; empty to delete."),
})

const PanelEdit = z.object({
  panel: z.string().describe("The panel's id."),
  edits: z.array(Edit).min(1).max(100),
})

const NewPanel = z.object({
  title: z.string().min(1).max(200),
  source: z.string().min(1).describe("The whole NXML document."),
  frame: Frame.partial().optional().describe("Where on the canvas; best left out."),
})

const NewNote = z.object({
  kind: z.enum(["concept", "data", "resource", "constraint", "milestone"]),
  key: Identifier.describe("A short name for relations in this patch."),
  name: z.string().min(1).max(400),
  properties: z.record(z.string(), z.json()).optional(),
  confidence: Confidence.optional().describe("How sure you are that it holds."),
})

const Relation = z.object({
  from: z.string(),
  kind: RelationshipKind,
  to: z.string(),
  confidence: Confidence.optional().describe("How sure you are that it holds."),
})

export const ProposedPatch = z.object({
  reason: z.string().min(1).max(400).describe("One short sentence for the reviewer: what changes."),
  edit: z.array(PanelEdit).optional().describe("Edits of existing panels."),
  rewrite: z
    .array(z.object({ panel: z.string(), source: z.string().min(1) }))
    .optional()
    .describe("Only when nearly everything in a panel changes: its whole new source."),
  create: z.array(NewPanel).max(20).optional().describe("New panels."),
  move: z
    .array(z.object({ panel: z.string(), frame: Frame }))
    .optional()
    .describe("New places on the canvas."),
  remove: z.array(z.string()).optional().describe("Ids of panels or notes to remove."),
  note: z.array(NewNote).max(100).optional().describe("Knowledge to keep beside the panels."),
  relate: z.array(Relation).max(200).optional().describe("Relations between ids, or keys of notes in this patch."),
})
export type ProposedPatch = Readonly<z.infer<typeof ProposedPatch>>

/** The one tool a model is offered. Its JSON schema is made from the Zod schema that also reads the answer. */
export const proposePatch: ModelTool = {
  name: "propose_patch",
  description: "Propose changes to the workspace. A person sees them before and after, and accepts or rejects.",
  parameters: z.toJSONSchema(ProposedPatch, { target: "draft-7", io: "input" }),
}
