import * as z from "zod"

/** The page's policy allows no code from text. Zod probes for it when the first schema is made, so this runs before any. */
z.config({ jitless: true })
