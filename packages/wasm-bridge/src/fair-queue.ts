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

  /** The first item of the tenant whose turn it is, and the place it goes to. Tenants without a place keep their turn. */
  shift<Place>(placeFor: (tenant: string) => Place | undefined): { item: Item; place: Place } | undefined {
    for (const [tenant, lane] of this.#lanes) {
      const place = placeFor(tenant)
      const item = place === undefined ? undefined : lane.shift()
      if (place === undefined || item === undefined) continue
      this.#lanes.delete(tenant)
      if (lane.length > 0) this.#lanes.set(tenant, lane)
      this.#size -= 1
      return { item, place }
    }
    return undefined
  }

  /** Takes everything out. */
  drain(): Item[] {
    const items = [...this.#lanes.values()].flat()
    this.#lanes.clear()
    this.#size = 0
    return items
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
