import { NexusError } from "@nexus/protocol"
import * as z from "zod"
import type { ValueStore } from "../storage/journal.ts"

/**
 * The port to language models. The kernel knows none: whoever composes it hands in a function a class of models. What a
 * workspace may use in a day is counted here by the model's own numbers, in UTC days, and kept beside the journal; what
 * is under way is held back from the budget by an estimate, so that many questions at once do not overdraw it.
 */
export interface Models {
  /** Throws `unavailable` or `quota-exceeded` before the model is asked, and what the model throws. */
  complete(workspace: string, modelClass: string, request: CompletionRequest): Promise<Completion & Budget>
  /** The day's tokens of a workspace: used, and how many there may be. */
  today(workspace: string): Promise<{ readonly used: number; readonly limit: number }>
}

/** Answers one question. Throws `NexusError`. */
export type Complete = (request: CompletionRequest) => Promise<Completion>

export interface CompletionRequest {
  readonly system?: string
  readonly prompt: string
  /** The longest answer. */
  readonly maxTokens: number
  readonly signal: AbortSignal
}

export interface Completion {
  readonly text: string
  /** The answer reached `maxTokens`, or the provider's own limit. */
  readonly cut: boolean
  /** Absent when the provider does not count. */
  readonly usage?: { readonly inputTokens: number; readonly outputTokens: number }
}

/** What of the day's tokens is left afterwards. */
export interface Budget {
  readonly tokensLeft: number
}

export interface ModelsParts {
  /** A function a class; none where no model is configured. */
  readonly classes: { readonly [modelClass: string]: Complete }
  readonly values: ValueStore
  readonly tokensPerDay: number
  /** What the workspace is given, where that is less. */
  readonly allowanceOf?: (workspace: string) => Promise<number>
  readonly clock: () => number
}

const HOW_TO_CONFIGURE =
  "no AI model is configured; set OPENAI_API_KEY and NEXUS_MODEL (and OPENAI_BASE_URL for another provider), then restart."
const MOST_AT_ONCE = 8
const DAY_MS = 24 * 60 * 60 * 1000
const Kept = z.object({ day: z.string(), used: z.number() })

interface Account {
  day: string
  used: number
  held: number
  underWay: number
}

export function createModels({ classes, values, tokensPerDay: most, allowanceOf, clock }: ModelsParts): Models {
  const accounts = new Map<string, Promise<Account>>()
  const accountOf = async (workspace: string): Promise<Account> => {
    const loading = accounts.get(workspace) ?? load(values, workspace)
    accounts.set(workspace, loading)
    loading.catch(() => accounts.delete(workspace))
    const account = await loading
    const day = new Date(clock()).toISOString().slice(0, 10)
    if (account.day !== day) Object.assign(account, { day, used: 0 })
    return account
  }

  const limitOf = async (workspace: string) => Math.min(most, (await allowanceOf?.(workspace)) ?? most)

  return {
    today: async (workspace) => ({ used: (await accountOf(workspace)).used, limit: await limitOf(workspace) }),
    async complete(workspace, modelClass, request) {
      const complete = Object.hasOwn(classes, modelClass) ? classes[modelClass] : undefined
      if (!complete) {
        const known = Object.keys(classes).join(", ")
        const detail = known ? `the classes of models here are ${known}.` : HOW_TO_CONFIGURE
        throw new NexusError({ code: "unavailable", what: `An AI model of the class "${modelClass}"`, detail })
      }
      const tokensPerDay = await limitOf(workspace)
      const account = await accountOf(workspace)
      const input = tokensIn(request.prompt) + tokensIn(request.system ?? "")
      const could = input + request.maxTokens
      if (account.used + account.held + could > tokensPerDay) {
        const what = `AI tokens of this workspace today, of which this could take ${could},`
        throw new NexusError({
          code: "quota-exceeded",
          what,
          limit: tokensPerDay,
          used: account.used + account.held,
          resetsAt: Date.parse(account.day) + DAY_MS,
        })
      }
      if (account.underWay >= MOST_AT_ONCE) throw new NexusError({ code: "rate-limited", retryAfterMs: 5000 })
      account.held += could
      account.underWay += 1
      try {
        const answer = await complete(request)
        const { inputTokens, outputTokens } = answer.usage ?? {
          inputTokens: input,
          outputTokens: tokensIn(answer.text),
        }
        account.used += inputTokens + outputTokens
        await values.set(workspace, SPACE, "today", JSON.stringify({ day: account.day, used: account.used }))
        return { ...answer, tokensLeft: Math.max(0, tokensPerDay - account.used) }
      } finally {
        account.held -= could
        account.underWay -= 1
      }
    },
  }
}

const SPACE = "ai"

async function load(values: ValueStore, workspace: string): Promise<Account> {
  const found = await values.get(workspace, SPACE, "today")
  const kept = found === undefined ? undefined : Kept.parse(JSON.parse(found))
  return { day: kept?.day ?? "", used: kept?.used ?? 0, held: 0, underWay: 0 }
}

/** An estimate from above for most languages: three bytes a token. */
function tokensIn(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 3)
}
