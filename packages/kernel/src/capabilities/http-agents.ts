import { Agent } from "undici"

/**
 * An agent for each policy, which here is one panel of one workspace: a socket that was opened under the rights of one is
 * never used under those of another, so nothing that a server ties to a connection (a sign-in, a session of TLS) crosses
 * over. The policies used last keep their agents; an older one ends with its last request and is made anew when asked for.
 */
const MOST_AGENTS = 100
const MOST_SOCKETS = 8

export class HttpAgents {
  readonly #options: Agent.Options
  readonly #agents = new Map<string, Agent>()

  constructor(options: Agent.Options) {
    this.#options = { ...options, connections: MOST_SOCKETS, pipelining: 1 }
  }

  of(policy: string): Agent {
    const agent = this.#agents.get(policy) ?? new Agent(this.#options)
    this.#agents.delete(policy)
    this.#agents.set(policy, agent)
    for (const [oldest, old] of this.#agents) {
      if (this.#agents.size <= MOST_AGENTS) break
      this.#agents.delete(oldest)
      old.close().catch(() => undefined)
    }
    return agent
  }

  async close(): Promise<void> {
    await Promise.all([...this.#agents.values()].map((agent) => agent.destroy()))
  }
}
