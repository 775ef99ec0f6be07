import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { text as readText } from "node:stream/consumers"

/**
 * A local OpenAI-compatible server that replies from a script; for tests and offline trials. It speaks real HTTP and
 * real server-sent events and cuts its words and tool arguments into small pieces, as providers do, so that the whole
 * path of an answer runs. Replacing the client instead was refused: it would leave the stream's parsing untried.
 */

/** One reply: words, then perhaps a tool call; or a way of going wrong. */
export type ScriptedReply =
  | {
      readonly text?: string
      readonly call?: { readonly name: string; readonly args: unknown }
      readonly finish?: string
    }
  /** An HTTP error instead of a stream. */
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  /** Says `text`, then drops the connection. */
  | { readonly breakOffAfter: string }
  /** Says `text`, then stays silent until the client leaves. */
  | { readonly hangAfter: string }

/** What a client sent: the parsed body and its `authorization` header. */
export interface ScriptedRequest {
  readonly body: ScriptedBody
  readonly authorization: string | undefined
}

interface ScriptedBody {
  readonly model: string
  readonly messages: readonly { readonly role: string; readonly content: string | null }[]
  readonly tools?: readonly { readonly function: { readonly name: string; readonly parameters: unknown } }[]
}

/** A scripted server that runs, and what it was asked. */
export interface ScriptedModel {
  /** Ends in `/v1`; give it as `baseUrl`. */
  readonly url: string
  /** Every request so far, in order. */
  readonly requests: readonly ScriptedRequest[]
  /** Resolves when a client has left a reply before its end. */
  readonly abandoned: Promise<void>
  close(): Promise<void>
}

/** Replies in order, the last one again and again; or by a function of the request. */
export type Script =
  | readonly ScriptedReply[]
  | ((request: ScriptedRequest, index: number) => ScriptedReply | Promise<ScriptedReply>)

/** Starts the server on `port`, or a free one, of 127.0.0.1. */
export async function createScriptedModel(
  script: Script,
  options: { readonly port?: number } = {},
): Promise<ScriptedModel> {
  const requests: ScriptedRequest[] = []
  const abandoned = Promise.withResolvers<void>()
  const server = createServer((req, res) => {
    answer(req, res).catch((error: unknown) => res.destroy(error instanceof Error ? error : undefined))
  })

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (req.method !== "POST" || req.url !== "/v1/chat/completions")
      return sendError(res, 404, { message: "no such path" })
    const request = { body: JSON.parse(await readText(req)) as ScriptedBody, authorization: req.headers.authorization }
    const index = requests.push(request) - 1
    const reply = typeof script === "function" ? await script(request, index) : (script[index] ?? script.at(-1))
    if (!reply) return sendError(res, 500, { message: "the script is empty" })
    if ("status" in reply) return sendError(res, reply.status, reply.body, reply.headers)
    res.on("close", () => {
      if (!res.writableFinished) abandoned.resolve()
    })
    res.writeHead(200, { "content-type": "text/event-stream" })
    const say = (chunk: object) => res.write(`data: ${JSON.stringify({ ...frame(request.body.model), ...chunk })}\n\n`)
    if ("hangAfter" in reply) return speak(say, reply.hangAfter)
    if ("breakOffAfter" in reply) {
      speak(say, reply.breakOffAfter)
      setImmediate(() => res.destroy())
      return
    }
    speak(say, reply.text ?? "")
    if (reply.call) callTool(say, index, reply.call.name, reply.call.args)
    say({ choices: [{ index: 0, delta: {}, finish_reason: reply.finish ?? (reply.call ? "tool_calls" : "stop") }] })
    say({ choices: [], usage: usageOf(request.body, reply) })
    res.end("data: [DONE]\n\n")
  }

  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    abandoned: abandoned.promise,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

type Say = (chunk: object) => void

function speak(say: Say, text: string): void {
  say({ choices: [{ index: 0, delta: { role: "assistant", content: "" }, finish_reason: null }] })
  for (const content of pieces(text, 7)) say({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })
}

function callTool(say: Say, index: number, name: string, args: unknown): void {
  const delta = (part: object) => say({ choices: [{ index: 0, delta: { tool_calls: [part] }, finish_reason: null }] })
  delta({ index: 0, id: `call_scripted_${index}`, type: "function", function: { name, arguments: "" } })
  const text = typeof args === "string" ? args : JSON.stringify(args)
  for (const piece of pieces(text, 23)) delta({ index: 0, function: { arguments: piece } })
}

function pieces(text: string, size: number): string[] {
  const parts: string[] = []
  for (let start = 0; start < text.length; start += size) parts.push(text.slice(start, start + size))
  return parts
}

function frame(model: string): object {
  return { id: "chatcmpl-scripted", object: "chat.completion.chunk", created: 0, model }
}

/** Counted in words, so that a test can tell the numbers came through. */
function usageOf(body: ScriptedBody, reply: { text?: string; call?: { args: unknown } }): object {
  const words = (value: string) => value.split(/\s+/).filter(Boolean).length
  const prompt = body.messages.reduce((sum, message) => sum + words(message.content ?? ""), 0)
  const completion = words(reply.text ?? "") + words(reply.call ? JSON.stringify(reply.call.args) : "")
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion }
}

function sendError(
  res: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  res.writeHead(status, { "content-type": "application/json", ...headers })
  res.end(JSON.stringify({ error: body ?? { message: `scripted ${status}`, type: "scripted", code: null } }))
}
