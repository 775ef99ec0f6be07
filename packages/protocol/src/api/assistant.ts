import * as z from "zod"
import { Failure } from "../failure.ts"
import { Id } from "../ids.ts"
import { endpoint } from "./endpoint.ts"
import { PatchReview } from "./patches.ts"

/** One earlier line of the talk with the assistant. */
export const AssistantTurn = z.object({ role: z.enum(["person", "assistant"]), text: z.string().max(20_000) })
export type AssistantTurn = Readonly<z.infer<typeof AssistantTurn>>

/** What the assistant is asked. `panel` is the one the person looks at. */
export const AssistantRequest = z.object({
  workspace: Id,
  panel: Id.optional(),
  message: z.string().trim().min(1).max(20_000),
  history: z.array(AssistantTurn).max(50).optional(),
})
export type AssistantRequest = Readonly<z.infer<typeof AssistantRequest>>

/** Tokens a model charged, over all rounds of one answer. */
export const AssistantUsage = z.object({ inputTokens: z.int().min(0), outputTokens: z.int().min(0) })
export type AssistantUsage = Readonly<z.infer<typeof AssistantUsage>>

/**
 * One server-sent event of the answer; `kind` is the event's name, the rest its JSON data. `context` comes first and
 * says what the model was shown; `done` or `failed` comes last. A `patch` is pending in the kernel, never applied.
 */
export const AssistantEvent = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("context"),
    tokens: z.int().min(0),
    budget: z.int().min(0),
    entities: z.array(z.object({ id: Id, name: z.string(), detail: z.enum(["full", "outline", "name"]) })),
  }),
  z.object({ kind: z.literal("text"), delta: z.string() }),
  PatchReview.extend({ kind: z.literal("patch") }),
  z.object({ kind: z.literal("failed"), failure: Failure }),
  z.object({ kind: z.literal("done"), usage: AssistantUsage.optional() }),
])
export type AssistantEvent = Readonly<z.infer<typeof AssistantEvent>>

/** Answers with a stream of `AssistantEvent`. The assistant serves it beside the kernel, whose own list has it not. */
export const askAssistant = endpoint({
  name: "askAssistant",
  tag: "assistant",
  method: "post",
  path: "/ai/complete",
  summary: "Ask the assistant, who answers piece by piece and hands in patches for review",
  access: "viewer",
  params: z.object({}),
  query: z.object({}),
  body: AssistantRequest,
  status: 200,
  answer: z.string(),
  contentType: "text/event-stream",
})
