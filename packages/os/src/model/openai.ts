import { type Failure, NexusError } from "@nexus/protocol"
import type OpenAI from "openai"
import type { ChatCompletionChunk, ChatCompletionMessageParam } from "openai/resources/chat/completions"
import type { Model, ModelCall, ModelEvent, ModelMessage, ModelRequest } from "./model.ts"

/** Which model, where, and with which key. */
export interface OpenAiConfig {
  /** The address up to and with `/v1`; absent for OpenAI's own. */
  readonly baseUrl?: string | undefined
  readonly apiKey: string
  readonly name: string
  /** How long a provider may take to begin its answer. */
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 60_000

type Library = typeof import("openai")

/**
 * A model behind any endpoint that speaks OpenAI's streaming chat completions. The library's 236 files are read with the
 * first question: without a model none ever comes, and every start of a kernel waited for them.
 */
export function createOpenAiModel(config: OpenAiConfig): Model {
  let client: OpenAI | undefined

  return {
    name: config.name,
    async *answer(request) {
      const library = await import("openai")
      client ??= createClient(library, config)
      try {
        yield* streamed(client, config.name, request)
      } catch (error) {
        if (request.signal.aborted || error instanceof library.APIUserAbortError) throw request.signal.reason ?? error
        if (error instanceof NexusError) throw error
        throw new NexusError(failureOf(error, config, library), { cause: error })
      }
    },
  }
}

function createClient({ default: Client }: Library, config: OpenAiConfig): OpenAI {
  return new Client({
    apiKey: config.apiKey,
    // The client would read these from the process's environment; only a main.ts may.
    baseURL: config.baseUrl ?? "https://api.openai.com/v1",
    organization: null,
    project: null,
    timeout: config.timeoutMs ?? TIMEOUT_MS,
    maxRetries: 1,
    logLevel: "off",
  })
}

async function* streamed(client: OpenAI, model: string, request: ModelRequest): AsyncGenerator<ModelEvent> {
  const { tool, maxTokens, signal } = request
  const stream = await client.chat.completions.create(
    {
      model,
      messages: request.messages.map(toChatMessage),
      ...(tool ? { tools: [{ type: "function", function: { ...tool, parameters: { ...tool.parameters } } }] } : {}),
      // The newer name is unknown to most servers that speak the protocol; this one all of them know.
      ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
      stream: true,
      stream_options: { include_usage: true },
    },
    { signal },
  )
  const calls = new Map<number, ModelCall>()
  let finished = false
  for await (const chunk of stream) {
    if (chunk.usage) {
      yield { kind: "usage", inputTokens: chunk.usage.prompt_tokens, outputTokens: chunk.usage.completion_tokens }
    }
    const choice = chunk.choices[0]
    if (!choice) continue
    if (choice.delta?.content) yield { kind: "text", delta: choice.delta.content }
    for (const part of choice.delta?.tool_calls ?? []) gather(calls, part)
    if (choice.finish_reason) finished = true
    if (choice.finish_reason === "length") yield { kind: "cut" }
  }
  signal.throwIfAborted()
  // A connection that is cut between two chunks looks like an end; only a finish reason is one.
  if (!finished) throw new Error("the answer broke off")
  for (const call of calls.values()) yield { kind: "call", call }
}

/** Joins the fragments a call arrives in. Some providers send the id once, some with every fragment, some never. */
function gather(calls: Map<number, ModelCall>, part: ChatCompletionChunk.Choice.Delta.ToolCall): void {
  const index = part.index ?? 0
  const call = calls.get(index) ?? { id: `call_${index}`, name: "", args: "" }
  calls.set(index, {
    id: part.id || call.id,
    name: call.name || (part.function?.name ?? ""),
    args: call.args + (part.function?.arguments ?? ""),
  })
}

function toChatMessage(message: ModelMessage): ChatCompletionMessageParam {
  switch (message.role) {
    case "system":
      return { role: "system", content: message.text }
    case "person":
      return { role: "user", content: message.text }
    case "tool":
      return { role: "tool", tool_call_id: message.call, content: message.text }
    case "assistant": {
      if (!message.calls?.length) return { role: "assistant", content: message.text }
      const toolCalls = message.calls.map(({ id, name, args }) => ({
        id,
        type: "function" as const,
        function: { name, arguments: args },
      }))
      return { role: "assistant", content: message.text || null, tool_calls: toolCalls }
    }
  }
}

/** Our own sentences: a provider's message may quote the key or the prompt. */
function failureOf(
  error: unknown,
  config: OpenAiConfig,
  { APIConnectionError, APIConnectionTimeoutError, APIError, RateLimitError }: Library,
): Failure {
  const what = `The model "${config.name}"`
  const host = hostOf(config.baseUrl)
  const unavailable = (detail: string): Failure => ({ code: "unavailable", what, detail })
  if (error instanceof RateLimitError) return { code: "rate-limited", retryAfterMs: retryAfterMs(error.headers) }
  if (error instanceof APIConnectionTimeoutError) return unavailable(`${host} did not answer in time. Try again.`)
  if (error instanceof APIConnectionError) {
    return unavailable(`${host} could not be reached${reasonOf(error)}. Check OPENAI_BASE_URL and the network.`)
  }
  if (error instanceof APIError && error.status !== undefined) {
    const status: number = error.status
    if (status === 401 || status === 403)
      return unavailable(`${host} refused the API key (${status}). Check OPENAI_API_KEY.`)
    if (status === 404) return unavailable(`${host} does not know it (404). Check NEXUS_MODEL and OPENAI_BASE_URL.`)
    if (error.code === "context_length_exceeded")
      return unavailable("The conversation is too long for it. Start a new one.")
    return unavailable(`${host} answered with status ${status}. Try again.`)
  }
  return unavailable(`The answer from ${host} broke off. Try again.`)
}

function hostOf(baseUrl: string | undefined): string {
  return baseUrl && URL.canParse(baseUrl)
    ? new URL(baseUrl).host
    : baseUrl
      ? "the configured address"
      : "api.openai.com"
}

/** The system's name for why a connection failed, such as ECONNREFUSED, wherever in the chain of causes it stands. */
function reasonOf(error: Error): string {
  for (let cause: unknown = error.cause; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string") return ` (${cause.code})`
  }
  return ""
}

function retryAfterMs(headers: Headers | undefined): number {
  const seconds = Number(headers?.get("retry-after"))
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 10_000
}
