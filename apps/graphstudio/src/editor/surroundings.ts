import { type Graph, packageComponents } from "@nexus/protocol"
import type { Surroundings } from "../language/messages.ts"

/** What a panel's text may name of its workspace: components of packages, and what the other panels share. */
export function surroundingsOf(graph: Graph, self: string | undefined): Surroundings {
  const others = [...graph.panels()].filter(({ id }) => id !== self)
  return {
    components: [...packageComponents(graph).declarations.values()],
    panels: others.map(({ id, properties: { title } }) => ({
      title,
      names: [...graph.within(id)].flatMap(({ kind, name, properties: { scope, secret } }) => {
        const shared = kind === "computed" || (kind === "state" && scope !== "session" && secret !== true)
        return shared ? [name] : []
      }),
    })),
  }
}
