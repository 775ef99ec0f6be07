import {
  type Entity,
  endpoints,
  type Failure,
  fromProblem,
  isPanel,
  NexusError,
  type Operation,
  type PatchReview,
  type QueryAnswer,
  type QueryInput,
  type Relationship,
} from "@nexus/protocol"
import { type Context, propagation } from "@opentelemetry/api"
import type * as z from "zod"
import type { World } from "./context/world.ts"

/** The kernel as the assistant sees it: over HTTP, with the caller's own token, so it can read and do no more than they. */
export interface KernelClient {
  /** The panels, notes and near relations of a workspace. Throws what the kernel refuses. */
  readWorld(workspace: string, focus: string | undefined): Promise<World>
  /** Hands in a patch for review. Throws what the kernel refuses. */
  propose(proposal: {
    workspace: string
    base: number
    reason: string
    operations: readonly Operation[]
  }): Promise<PatchReview>
}

export interface KernelClientOptions {
  readonly kernelUrl: string
  /** The whole `authorization` header of the caller. */
  readonly authorization: string
  readonly signal: AbortSignal
  readonly trace: Context
}

const NOTE_KINDS = ["concept", "data", "resource", "constraint", "milestone"] as const

export function createKernelClient(options: KernelClientOptions): KernelClient {
  const query = (workspace: string, question: QueryInput): Promise<QueryAnswer> =>
    post(options, endpoints.queryGraph, { workspace, query: question })

  return {
    async readWorld(workspace, focus) {
      const near: QueryInput[] = focus
        ? [{ find: "subgraph", id: focus, depth: 2, kinds: ["contains", "imports"], limit: 200 }]
        : []
      const questions: QueryInput[] = [
        { find: "kind", kind: "panel", limit: 400 },
        ...NOTE_KINDS.map((kind): QueryInput => ({ find: "kind", kind, scope: workspace, limit: 100 })),
        ...near,
      ]
      const answers = await Promise.all(questions.map((question) => query(workspace, question)))
      return toWorld(workspace, answers)
    },
    propose: (proposal) => post(options, endpoints.proposePatch, { ...proposal, author: "ai" }),
  }
}

/** The oldest `seq` is the base: what changed between two of the answers then counts as changed since. */
function toWorld(workspace: string, answers: readonly QueryAnswer[]): World {
  const entities = new Map<string, Entity>()
  const relationships = new Map<string, Relationship>()
  for (const answer of answers) {
    for (const entity of answer.entities) entities.set(entity.id, entity)
    for (const edge of answer.relationships) relationships.set(`${edge.from} ${edge.kind} ${edge.to}`, edge)
  }
  const notes: readonly string[] = NOTE_KINDS
  return {
    workspace,
    seq: Math.min(...answers.map(({ seq }) => seq)),
    panels: [...entities.values()].filter(isPanel),
    notes: [...entities.values()].filter(({ kind }) => notes.includes(kind)),
    relationships: [...relationships.values()],
  }
}

async function post<Answer extends z.ZodType>(
  options: KernelClientOptions,
  endpoint: { readonly path: string; readonly answer: Answer },
  body: unknown,
): Promise<z.infer<Answer>> {
  const headers: Record<string, string> = { "content-type": "application/json", authorization: options.authorization }
  propagation.inject(options.trace, headers)
  const response = await send(`${options.kernelUrl}/api/v1${endpoint.path}`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
    signal: options.signal,
  })
  const reply: unknown = await response.json().catch(() => undefined)
  if (!response.ok)
    throw new NexusError(fromProblem(reply) ?? unavailable(`It answered with status ${response.status}.`))
  const parsed = endpoint.answer.safeParse(reply)
  if (!parsed.success) throw new NexusError(unavailable(`Its answer to ${endpoint.path} was not understood.`))
  return parsed.data
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (cause) {
    init.signal?.throwIfAborted()
    throw new NexusError(unavailable("It could not be reached. Try again."), { cause })
  }
}

function unavailable(detail: string): Failure {
  return { code: "unavailable", what: "The kernel", detail }
}
