import * as z from "zod"

/** An id of an entity, panel, user or submission: 1–160 of letters, digits, `_ - .`, starting with a letter or digit. */
export const Id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,159}$/, "an id is 1–160 letters, digits, _ - or .")
export type Id = z.infer<typeof Id>

/** A name that NXML declares: 1–64 of `[A-Za-z_][A-Za-z0-9_]*`, but `__proto__`, which is no key like others. */
export const Identifier = z.string().regex(/^(?!__proto__$)[A-Za-z_][A-Za-z0-9_]{0,63}$/)
export type Identifier = z.infer<typeof Identifier>

/** The position of a change in its workspace's journal; the first is 1, 0 is the empty workspace. */
export const Seq = z.int().min(0)
export type Seq = z.infer<typeof Seq>
