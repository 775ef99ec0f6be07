import { NexusError } from "@nexus/protocol"
import * as z from "zod"
import type { Methods } from "./host-context.ts"

/**
 * `nexus.ai.complete(prompt, { model, system, maxTokens })` → `{ text, cut, usage, tokensLeft }`. `model` is a class of
 * models, not a product: which one answers is the kernel's setting, what it may cost is the workspace's budget of a day.
 */
const MOST_CHARACTERS = 100_000
const TIMEOUT_MS = 120_000

const Prompt = z.string("the prompt is text").min(1, "the prompt is empty").max(MOST_CHARACTERS, overLong("prompt"))
const Options = z
  .strictObject({
    model: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,31}$/, "a class of models is a word such as default")
      .default("default"),
    system: z.string().max(MOST_CHARACTERS, overLong("system")).optional(),
    maxTokens: z.int().min(1).max(8000, "maxTokens is at most 8000").default(1000),
  })
  .prefault({})

export const ai: Methods = {
  complete: async ([prompt, given], { workspace, models, allow, signal }) => {
    const options = Options.safeParse(given ?? {})
    if (!options.success) throw invalid(options.error)
    const { model, system, maxTokens } = options.data
    allow({ type: "ai", scope: model })
    const asked = Prompt.safeParse(prompt)
    if (!asked.success) throw invalid(asked.error)
    const late = AbortSignal.timeout(TIMEOUT_MS)
    const request = { prompt: asked.data, ...(system ? { system } : {}), maxTokens }
    const { text, cut, usage, tokensLeft } = await models
      .complete(workspace, model, { ...request, signal: AbortSignal.any([signal, late]) })
      .catch((error: unknown) => {
        if (!late.aborted || error instanceof NexusError) throw error
        const detail = `it gave no answer within ${TIMEOUT_MS} ms. Try again, or ask for less.`
        throw new NexusError({ code: "unavailable", what: "The AI model", detail }, { cause: error })
      })
    return { text, cut, tokensLeft, ...(usage ? { usage: { ...usage } } : {}) }
  },
}

function overLong(what: string): string {
  return `the ${what} has at most ${MOST_CHARACTERS} characters`
}

function invalid(error: z.ZodError): NexusError {
  return new NexusError({ code: "invalid-input", detail: error.issues[0]?.message ?? "not understood" })
}
