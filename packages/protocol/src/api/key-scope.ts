import * as z from "zod"

/** What a key may do of what its person may: look; change panels and state; all, rights and members too. */
export const KeyScope = z.enum(["read", "write", "admin"])
export type KeyScope = z.infer<typeof KeyScope>
