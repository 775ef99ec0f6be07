import { create } from "zustand"

/** How much of the canvas a drawer covers from the left, in pixels; 0 while none is open. */
export const useInsets = create<{ readonly left: number }>(() => ({ left: 0 }))
