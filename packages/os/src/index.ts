export { type Completion, type CompletionRequest, createCompletion } from "./model/completion.ts"
export type { OpenAiConfig } from "./model/openai.ts"
export {
  createScriptedModel,
  type Script,
  type ScriptedModel,
  type ScriptedReply,
  type ScriptedRequest,
} from "./model/scripted.ts"
export { type Assistant, type AssistantOptions, createAssistant } from "./serve/assistant.ts"
