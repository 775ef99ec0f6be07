import type { Graph, Operation } from "@nexus/protocol"

/**
 * Which entities hang on panels that are hidden from somebody. A change is filtered after the graph has advanced, when
 * what it removed can no longer be asked; so this follows the changes. An entry may outlive its entity: nothing names it
 * until an `entity_add` does, which says anew where it lives.
 */
export class Owners {
  readonly #panels: ReadonlySet<string>
  readonly #owners = new Map<string, string>()

  constructor(graph: Graph, panels: ReadonlySet<string>) {
    this.#panels = panels
    for (const panel of panels) this.#take(graph, panel, panel)
  }

  /** The hidden panel that this id is, or lives in. */
  of(id: string): string | undefined {
    return this.#panels.has(id) ? id : this.#owners.get(id)
  }

  follow(operations: readonly Operation[]): void {
    if (this.#panels.size === 0) return
    for (const operation of operations) {
      if (operation.kind !== "entity_add") continue
      const { id, scope } = operation.entity
      const owner = this.of(scope)
      if (owner === undefined) this.#owners.delete(id)
      else this.#owners.set(id, owner)
    }
  }

  #take(graph: Graph, id: string, panel: string): void {
    for (const entity of graph.within(id)) {
      this.#owners.set(entity.id, panel)
      this.#take(graph, entity.id, panel)
    }
  }
}
