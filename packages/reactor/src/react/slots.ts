import type { Slot } from "../store/places.ts"
import type { Painting } from "./panel-context.ts"

const paintings = new WeakMap<Slot, Painting>()

/** Says by which panel the children of a Slot are painted: the one they were written in. */
export function paintedBy(slot: Slot, painting: Painting): Slot {
  paintings.set(slot, painting)
  return slot
}

/** The panel that the children of `slot` were written in, where it is not the one around the Slot. */
export function paintingOf(slot: Slot): Painting | undefined {
  return paintings.get(slot)
}
