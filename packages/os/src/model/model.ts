/**
 * The port to a language model. A model is asked once with the whole conversation and answers as a stream of small
 * facts; what a provider calls roles, deltas and finish reasons stays inside its adapter. Failures are thrown as
 * `NexusError`: a model out of reach is nothing the rest of the assistant could decide about.
 */
export interface Model {
  /** The name the provider knows it by. */
  readonly name: string
  answer(request: ModelRequest): AsyncIterable<ModelEvent>
}

export interface ModelRequest {
  readonly messages: readonly ModelMessage[]
  /** The tool the model may use, where there is one. */
  readonly tool?: ModelTool
  /** The longest answer; the provider's own where it is absent. */
  readonly maxTokens?: number
  /** Aborted when nobody waits for the answer any more; the stream then ends by throwing the abort's reason. */
  readonly signal: AbortSignal
}

export type ModelMessage =
  | { readonly role: "system" | "person"; readonly text: string }
  | { readonly role: "assistant"; readonly text: string; readonly calls?: readonly ModelCall[] }
  | { readonly role: "tool"; readonly call: string; readonly text: string }

/** A tool a model may use; `parameters` is a JSON schema. */
export interface ModelTool {
  readonly name: string
  readonly description: string
  readonly parameters: { readonly [key: string]: unknown }
}

/** A finished tool call; `args` is JSON text as the model wrote it, not yet trusted. */
export interface ModelCall {
  readonly id: string
  readonly name: string
  readonly args: string
}

export type ModelEvent =
  | { readonly kind: "text"; readonly delta: string }
  | { readonly kind: "call"; readonly call: ModelCall }
  /** The answer stopped because it reached the provider's length limit. */
  | { readonly kind: "cut" }
  | { readonly kind: "usage"; readonly inputTokens: number; readonly outputTokens: number }
