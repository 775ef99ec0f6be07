import type { ModelMessage } from "./model.ts"
import { createOpenAiModel, type OpenAiConfig } from "./openai.ts"

/** One question without a conversation and without tools, answered whole. */
export interface CompletionRequest {
  readonly system?: string
  readonly prompt: string
  readonly maxTokens: number
  readonly signal: AbortSignal
}

/** `cut`: the answer reached `maxTokens`, or the provider's own limit. `usage` is absent when the provider does not count. */
export interface Completion {
  readonly text: string
  readonly cut: boolean
  readonly usage?: { readonly inputTokens: number; readonly outputTokens: number }
}

/** The same model that the assistant asks, as one function. It throws what the model throws. */
export function createCompletion(config: OpenAiConfig): (request: CompletionRequest) => Promise<Completion> {
  const model = createOpenAiModel(config)
  return async ({ system, prompt, maxTokens, signal }) => {
    const messages: ModelMessage[] = [{ role: "person", text: prompt }]
    if (system) messages.unshift({ role: "system", text: system })
    let text = ""
    let cut = false
    let usage: Completion["usage"]
    for await (const event of model.answer({ messages, maxTokens, signal })) {
      if (event.kind === "text") text += event.delta
      else if (event.kind === "cut") cut = true
      else if (event.kind === "usage") usage = { inputTokens: event.inputTokens, outputTokens: event.outputTokens }
    }
    return { text, cut, ...(usage ? { usage } : {}) }
  }
}
