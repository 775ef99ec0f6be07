import * as z from "zod"

/** What somebody may do with one panel, least first: not know of it, look, run its handlers, change it. */
export const PanelLevel = z.enum(["hidden", "look", "run", "change"])
export type PanelLevel = z.infer<typeof PanelLevel>
