import { NexusError } from "@nexus/protocol"
import type { Model } from "./model.ts"
import { createOpenAiModel, type OpenAiConfig } from "./openai.ts"

/** Where questions go: one configured model, or none yet. */
export interface ModelRouter {
  readonly configured: boolean
  /** The model for the next question. Throws `unavailable` with how to configure one. */
  route(): Model
}

/** Any OpenAI-compatible endpoint serves; without `baseUrl` it is OpenAI's own. */
export function createModelRouter(config: OpenAiConfig | undefined): ModelRouter {
  const model = config && createOpenAiModel(config)
  return {
    configured: model !== undefined,
    route() {
      if (model) return model
      throw new NexusError({ code: "unavailable", what: "The assistant", detail: HOW_TO_CONFIGURE })
    },
  }
}

const HOW_TO_CONFIGURE =
  "no AI model is configured; set OPENAI_API_KEY and NEXUS_MODEL (and OPENAI_BASE_URL for another provider), then restart."
