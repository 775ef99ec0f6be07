import * as z from "zod"
import { endpoint } from "./endpoint.ts"

const MOST_KEYS = 300

/** How somebody wants the studio wherever they sign in; what is not there was never chosen. */
export const Preferences = z.object({
  theme: z.enum(["system", "light", "dark"]).exactOptional(),
  contrast: z.enum(["system", "usual", "more"]).exactOptional(),
  motion: z.enum(["system", "full", "reduced"]).exactOptional(),
  /** A BCP 47 tag; "" is: as the browser says. */
  language: z
    .string()
    .regex(/^(?:[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)?$/)
    .max(20)
    .exactOptional(),
  /** A command by its usual key, or its name, and the key it has instead; "" is none. */
  keys: z
    .record(z.string().max(200), z.string().max(40))
    .refine((keys) => Object.keys(keys).length <= MOST_KEYS, `at most ${MOST_KEYS} keys`)
    .exactOptional(),
})
export type Preferences = Readonly<z.infer<typeof Preferences>>

const none = z.object({})
const shared = {
  tag: "auth",
  path: "/auth/me/preferences",
  params: none,
  query: none,
  access: "person",
  session: true,
  status: 200,
  answer: z.object({ preferences: Preferences }),
} as const

export const readPreferences = endpoint({
  ...shared,
  name: "readPreferences",
  method: "get",
  summary: "How one wants the studio, on every device",
  body: none,
})

export const savePreferences = endpoint({
  ...shared,
  name: "savePreferences",
  method: "patch",
  summary: "Choose how one wants the studio; what is not named stays",
  body: Preferences,
})
