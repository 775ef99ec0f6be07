import {
  createApiClient,
  type Entity,
  endpoints,
  isPanel,
  type Operation,
  type PatchReview,
  type QueryAnswer,
  type QueryInput,
  type Relationship,
} from "@nexus/protocol"
import { type Context, propagation } from "@opentelemetry/api"
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
  /** The caller's own. */
  readonly token: string
  readonly signal: AbortSignal
  readonly trace: Context
}

const NOTE_KINDS = ["concept", "data", "resource", "constraint", "milestone"] as const

export function createKernelClient(options: KernelClientOptions): KernelClient {
  const { kernelUrl: url, token, signal, trace } = options
  const headers = (): Record<string, string> => {
    const carrier = {}
    propagation.inject(trace, carrier)
    return carrier
  }
  const { call } = createApiClient({ url, token: async () => token, headers })
  const query = (workspace: string, question: QueryInput): Promise<QueryAnswer> =>
    call(endpoints.queryGraph, { body: { workspace, query: question }, signal })

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
    propose: ({ operations, ...proposal }) =>
      call(endpoints.proposePatch, { body: { ...proposal, operations: [...operations], author: "ai" }, signal }),
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
