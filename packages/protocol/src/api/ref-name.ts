import * as z from "zod"

/**
 * The name of a branch, tag or remote: parts of letters, digits and `_ - .`, parted by `/`. Narrower than Git's own rule, so
 * that a name can never be taken for an option, a path, a range or the start of a commit's id.
 */
export const RefName = z
  .string()
  .max(100)
  .regex(
    /^[A-Za-z0-9_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*(?:\/[A-Za-z0-9_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*)*$/,
    "a name is letters, digits and _ - . in parts parted by /, and no part begins with - or .",
  )
  .refine((name) => !/\.lock(?:\/|$)/.test(name), "no part of a name ends with .lock")
  .refine((name) => !/^(?:[0-9a-f]{4,40}|HEAD|refs(?:\/.*)?)$/.test(name), "this name could be taken for a commit")
export type RefName = z.infer<typeof RefName>
