/** A queue that serves tenants in turn: one tenant's thousand runs do not delay another's first. */
export class FairQueue<Item> {
  readonly #lanes = new Map<string, Item[]>()
  #size = 0

  get size(): number {
    return this.#size
  }

  push(tenant: string, item: Item): void {
    this.#lane(tenant).push(item)
    this.#size += 1
  }

  /** Puts back what had its turn already. */
  pushFront(tenant: string, item: Item): void {
    this.#lane(tenant).unshift(item)
    this.#size += 1
  }

  shift(): Item | undefined {
    for (const [tenant, lane] of this.#lanes) {
      this.#lanes.delete(tenant)
      const item = lane.shift()
      if (lane.length > 0) this.#lanes.set(tenant, lane)
      if (item === undefined) continue
      this.#size -= 1
      return item
    }
    return undefined
  }

  #lane(tenant: string): Item[] {
    let lane = this.#lanes.get(tenant)
    if (!lane) {
      lane = []
      this.#lanes.set(tenant, lane)
    }
    return lane
  }
}
