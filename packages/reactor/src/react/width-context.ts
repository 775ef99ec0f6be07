import { createContext } from "react"

/**
 * How wide the layout makes what stands here, in pixels, where somebody said how wide the panel is: the server that
 * draws it, and the browser while it takes over that drawing. `undefined` where only the browser knows.
 */
export const WidthContext = createContext<number | undefined>(undefined)
