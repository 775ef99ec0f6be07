import type { IncomingMessage, ServerResponse } from "node:http"
import { type AssistantEvent, AssistantRequest, type Failure, NexusError, toProblem } from "@nexus/protocol"
import type { Span } from "@opentelemetry/api"
import { createTokenCounter } from "../context/tokens.ts"
import { createKernelClient } from "../kernel-client.ts"
import type { OpenAiConfig } from "../model/openai.ts"
import { createModelRouter } from "../model/router.ts"
import { type AdmissionLimits, createAdmission } from "./admission.ts"
import { answerQuestion } from "./answer.ts"
import { openEventStream } from "./event-stream.ts"
import { readJson } from "./read-json.ts"
import { endWithFailure, startAnswerSpan } from "./tracing.ts"

/** Without `model` every question ends in a sentence that says how to configure one. */
export interface AssistantOptions {
  /** The kernel's origin, such as `http://127.0.0.1:4000`. */
  readonly kernelUrl: string
  readonly model?: OpenAiConfig | undefined
  /** The most tokens a prompt may have, instructions included. */
  readonly budgetTokens?: number
  /** How many answers may be under way at once. */
  readonly limits?: AdmissionLimits
  readonly randomBytes?: (length: number) => Uint8Array
  /** Hears of bugs; failures a person is told of are not logged. */
  readonly log?: (line: string, error: unknown) => void
}

/** The assistant as an HTTP handler; mount it at `/api/v1/ai`. */
export interface Assistant {
  /** `POST …/complete` answers with server-sent events; every other request with a problem. */
  handle(req: IncomingMessage, res: ServerResponse): void
  /** Ends the answers that are under way. */
  close(): void
}

const BUDGET_TOKENS = 24_000
const MAX_BODY_BYTES = 256 * 1024
const LIMITS: AdmissionLimits = { perCaller: 4, inAll: 64 }

/**
 * What is wrong before the model is asked (no token, no such workspace, a body that is too large) is an HTTP problem
 * with its status; once the stream has begun, the last event says it. A client that leaves stops the model.
 */
export function createAssistant(options: AssistantOptions): Assistant {
  const router = createModelRouter(options.model)
  const counter = createTokenCounter()
  // The tokenizer's tables load before the first question, not during it.
  if (router.configured) counter.count("")
  const admission = createAdmission(options.limits ?? LIMITS)
  const closing = new AbortController()
  const budgetTokens = options.budgetTokens ?? BUDGET_TOKENS
  const log = options.log ?? ((line, error) => console.error(line, error))

  async function complete(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const token = tokenOf(req)
    const request = AssistantRequest.safeParse(await readJson(req, MAX_BODY_BYTES))
    if (!request.success) throw new NexusError(invalid(request.error.issues[0]))
    const leave = admission.enter(token)
    const gone = new AbortController()
    res.on("close", () => gone.abort())
    const signal = AbortSignal.any([gone.signal, closing.signal])
    const { span, trace } = startAnswerSpan(req.headers, request.data.workspace)
    try {
      const kernel = createKernelClient({ kernelUrl: options.kernelUrl, token, signal, trace })
      const world = await kernel.readWorld(request.data.workspace, request.data.panel)
      const parts = { kernel, router, counter, budgetTokens, signal, trace, randomBytes: options.randomBytes }
      const stream = openEventStream(res, signal)
      for await (const event of told(answerQuestion(request.data, world, parts), span, gone.signal))
        await stream.send(event)
      stream.close()
    } catch (error) {
      // Nobody listens to a client that left.
      if (!gone.signal.aborted) throw error
    } finally {
      span.end()
      leave()
    }
  }

  /** The events, and where they fail, the failure as the last one; a client that left hears nothing more. */
  async function* told(events: AsyncIterable<AssistantEvent>, span: Span, gone: AbortSignal) {
    try {
      yield* events
    } catch (error) {
      if (gone.aborted) return
      const failure = toFailure(error)
      endWithFailure(span, failure.code)
      yield { kind: "failed" as const, failure }
    }
  }

  function toFailure(error: unknown): Failure {
    if (error instanceof NexusError) return error.failure
    if (closing.signal.aborted)
      return { code: "unavailable", what: "The assistant", detail: "Nexus is stopping. Ask again when it is back." }
    log("the assistant failed", error)
    return { code: "unavailable", what: "The assistant", detail: "Something broke while answering. Ask again." }
  }

  return {
    handle(req, res) {
      const path = req.url?.split("?")[0] ?? ""
      if (!/(^|\/)complete$/.test(path)) return sendProblem(res, { code: "not-found", what: "path", id: path })
      if (req.method !== "POST") {
        res.setHeader("allow", "POST")
        return sendProblem(res, { code: "invalid-input", detail: "Ask with POST." }, 405)
      }
      complete(req, res).catch((error: unknown) => {
        if (req.errored || res.headersSent) res.destroy()
        else sendProblem(res, toFailure(error))
      })
    },
    close: () => closing.abort(),
  }
}

function tokenOf(req: IncomingMessage): string {
  const [, token] = /^Bearer ([\w.~+/=-]{1,4096})$/.exec(req.headers.authorization ?? "") ?? []
  if (token) return token
  throw new NexusError({ code: "unauthenticated", detail: "The assistant answers only to people who are signed in." })
}

function invalid(issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined): Failure {
  const path = issue?.path.map(String).join(".")
  return { code: "invalid-input", detail: issue?.message ?? "not a question", ...(path ? { path } : {}) }
}

function sendProblem(res: ServerResponse, failure: Failure, status?: number): void {
  const problem = toProblem(failure)
  res.writeHead(status ?? problem.status, { "content-type": "application/problem+json", "cache-control": "no-store" })
  res.end(JSON.stringify(status === undefined ? problem : { ...problem, status }))
}
