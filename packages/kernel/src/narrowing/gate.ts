import type { Graph, Role } from "@nexus/protocol"
import { NexusError } from "@nexus/protocol"
import type { Who } from "../accounts/panel-level.ts"
import { advance } from "../workspace/advance.ts"
import type { Audience } from "../workspace/audience.ts"
import type { Sources } from "../workspace/sources.ts"
import type { Submission } from "../workspace/submission.ts"
import type { TriggerRequest } from "../workspace/workspace.ts"
import type { Narrowing, Seen } from "./narrowing.ts"
import { personBehind, refuseNarrowed, requireLevel } from "./refuse-narrowed.ts"

/**
 * Where narrowing is held: at `commit` and `trigger`, through which every change and every run goes, whoever asked and by
 * whatever door. A check at each door was refused: the next door would be built without it. It costs nothing where no
 * panel is narrowed.
 */
export interface GateParts {
  readonly narrowing: Narrowing
  readonly audience: Pick<Audience, "roleOf">
  /** With everything that is accepted. */
  readonly head: () => Graph
  readonly sources: Sources
  readonly roleOf: (user: string) => Promise<Role | undefined>
}

export class Gate {
  readonly #parts: GateParts

  constructor(parts: GateParts) {
    this.#parts = parts
  }

  /** Is there anything to check? */
  get closed(): boolean {
    return this.#parts.narrowing.rules.length > 0
  }

  async checkChange({ cause, operations }: Submission): Promise<void> {
    const person = personBehind(cause)
    if (!person) return
    const who = await this.#who(person.id)
    if (who.role === "owner") return
    const { narrowing, head, sources } = this.#parts
    const before = head()
    const after = before.fork()
    advance(after, operations, sources)
    const failure = refuseNarrowed({
      before,
      after,
      operations,
      levelOf: (panel) => narrowing.levelOf(who, panel),
      narrowed: [...new Set(narrowing.rules.map(({ panel }) => panel))],
    })
    if (failure) throw new NexusError(failure)
  }

  /** A tool that a handler calls is a run of the other panel under the same person, and so is asked for here too. */
  async checkRun({ panel, person }: TriggerRequest): Promise<void> {
    if (person?.kind !== "person") return
    const who = await this.#who(person.id)
    if (who.role === "owner") return
    const { narrowing, head } = this.#parts
    // Whether a role runs handlers at all is asked at the door.
    if (!narrowing.rules.some((rule) => rule.panel === panel)) return
    requireLevel(head(), panel, narrowing.levelOf(who, panel), "run")
  }

  async seenBy(user: string, graph: Graph): Promise<Seen> {
    const { narrowing } = this.#parts
    if (!this.closed) return { graph, sight: undefined, levelOf: () => "change", require: () => undefined }
    const who = await this.#who(user)
    const sight = narrowing.sightOf(who)
    const levelOf = (panel: string) => narrowing.levelOf(who, panel)
    return {
      graph: sight ? sight.graph(graph) : graph,
      sight,
      levelOf,
      require: (panel, needed) => requireLevel(graph, panel, levelOf(panel), needed),
    }
  }

  /** Somebody who is no member is let no further than one who may look. */
  async #who(user: string): Promise<Who> {
    const { audience, roleOf } = this.#parts
    return { user, role: audience.roleOf(user) ?? (await roleOf(user)) ?? "viewer" }
  }
}
