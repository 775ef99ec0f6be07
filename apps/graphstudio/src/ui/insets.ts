import { create } from "zustand"

interface Insets {
  readonly left: number
  readonly right: number
}

/** How much of the canvas drawers cover from each side, in pixels; 0 while none is open. */
export const useInsets = create<Insets>(() => ({ left: 0, right: 0 }))
