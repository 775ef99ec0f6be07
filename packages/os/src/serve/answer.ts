import {
  type AssistantEvent,
  type AssistantRequest,
  type AssistantUsage,
  NexusError,
  type PatchReview,
} from "@nexus/protocol"
import type { Context } from "@opentelemetry/api"
import { buildPrompt } from "../context/prompt.ts"
import type { TokenCounter } from "../context/tokens.ts"
import type { World } from "../context/world.ts"
import type { KernelClient } from "../kernel-client.ts"
import type { Model, ModelCall, ModelMessage } from "../model/model.ts"
import type { ModelRouter } from "../model/router.ts"
import { proposePatch } from "../patch/ask.ts"
import { readPatch } from "../patch/read.ts"
import { askForRepair, isRepairable, MAX_REPAIRS, problemsOf } from "../patch/repair.ts"
import { traceModelCall } from "./tracing.ts"

/**
 * One question from beginning to end, as the events a client hears. The order is fixed: say what of the
 * graph the model is shown, let it talk, hand its patch to the kernel for review; a refused patch goes back once with the
 * reasons. Nothing here changes a workspace: the only thing that leaves is a pending patch.
 */
export interface AnswerParts {
  readonly kernel: KernelClient
  readonly router: ModelRouter
  readonly counter: TokenCounter
  readonly budgetTokens: number
  readonly signal: AbortSignal
  readonly trace: Context
  readonly randomBytes?: ((length: number) => Uint8Array) | undefined
}

export async function* answerQuestion(
  request: AssistantRequest,
  asked: World,
  parts: AnswerParts,
): AsyncGenerator<AssistantEvent> {
  let world = asked
  const model = parts.router.route()
  const prompt = buildPrompt(world, request, parts.budgetTokens, parts.counter)
  yield { kind: "context", tokens: prompt.tokens, budget: parts.budgetTokens, entities: shownIn(prompt.placed) }

  const messages: ModelMessage[] = [...prompt.messages]
  const usage = { inputTokens: 0, outputTokens: 0 }
  for (let round = 0; ; round += 1) {
    const aloud = round === 0
    const { said, calls } = yield* listen(model, messages, parts, usage, aloud)
    if (calls.length === 0) {
      if (!aloud && said) yield { kind: "text", delta: `\n\n${said}` }
      break
    }
    const handedIn = await handIn(calls, world, parts)
    if ("patch" in handedIn) {
      yield { kind: "patch", ...handedIn }
      break
    }
    if (round >= MAX_REPAIRS) throw refused(handedIn.problems)
    world = handedIn.world
    messages.push(...askForRepair(said, calls, handedIn.problems))
  }
  yield usage.inputTokens + usage.outputTokens > 0 ? { kind: "done", usage } : { kind: "done" }
}

interface Said {
  readonly said: string
  readonly calls: readonly ModelCall[]
}

/**
 * Passes the model's words on as they come; the calls come whole, at the end. A model that mends its patch says again
 * what it said before, so only the first round is heard aloud.
 */
async function* listen(
  model: Model,
  messages: readonly ModelMessage[],
  parts: AnswerParts,
  usage: { -readonly [Key in keyof AssistantUsage]: number },
  aloud: boolean,
): AsyncGenerator<AssistantEvent, Said> {
  let said = ""
  const calls: ModelCall[] = []
  const request = { messages: [...messages], tool: proposePatch, signal: parts.signal }
  for await (const event of traceModelCall(model, request, parts.trace)) {
    if (event.kind === "text") {
      said += event.delta
      if (aloud) yield { kind: "text", delta: event.delta }
    } else if (event.kind === "call") {
      calls.push(event.call)
    } else if (event.kind === "usage") {
      usage.inputTokens += event.inputTokens
      usage.outputTokens += event.outputTokens
    } else {
      said += "…"
      if (aloud) yield { kind: "text", delta: "…" }
    }
  }
  return { said, calls }
}

interface Refused {
  readonly problems: readonly string[]
  readonly world: World
}

async function handIn(calls: readonly ModelCall[], world: World, parts: AnswerParts): Promise<PatchReview | Refused> {
  const read = readPatch(calls, world, parts.randomBytes)
  if (!read.ok) return { problems: read.problems, world }
  const { reason, operations } = read
  try {
    return await parts.kernel.propose({ workspace: world.workspace, base: world.seq, reason, operations })
  } catch (error) {
    if (!(error instanceof NexusError) || !isRepairable(error.failure)) throw error
    const now = error.failure.code === "operation-conflict" ? await again(world, parts) : world
    return { problems: problemsOf(error.failure, world, now), world: now }
  }
}

function again(world: World, parts: AnswerParts): Promise<World> {
  return parts.kernel.readWorld(world.workspace, undefined)
}

function refused(problems: readonly string[]): NexusError {
  const first = problems[0] ?? "it changed nothing"
  return new NexusError({
    code: "invalid-input",
    detail: `The model proposed a change that does not fit, and its correction neither: ${first} Ask again in other words.`,
  })
}

function shownIn(placed: ReturnType<typeof buildPrompt>["placed"]) {
  return placed.map(({ candidate, detail }) => ({ id: candidate.entity.id, name: candidate.entity.name, detail }))
}
