import * as z from "zod"
import { endpoint } from "./endpoint.ts"

/** `left` are the recovery codes that were not used. */
export const SecondFactorAnswer = z.object({ since: z.number().exactOptional(), left: z.int().min(0) })
export type SecondFactorAnswer = Readonly<z.infer<typeof SecondFactorAnswer>>

const none = z.object({})
const Code = z.string().trim().min(6).max(40)
const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) })
const shared = { tag: "auth", params: none, query: none, access: "person", session: true, status: 200 } as const

export const readSecondFactor = endpoint({
  ...shared,
  name: "readSecondFactor",
  method: "get",
  path: "/auth/second-factor",
  summary: "Whether signing in takes a code of one's authenticator, and since when",
  body: none,
  answer: SecondFactorAnswer,
})

export const enrolSecondFactor = endpoint({
  ...shared,
  name: "enrolSecondFactor",
  method: "post",
  path: "/auth/second-factor",
  summary: "A new secret for one's authenticator, shown once; it counts when a code of it was confirmed",
  body: z.object({ password: z.string().max(256).optional() }),
  answer: z.object({ secret: z.string(), uri: z.string() }),
})

export const confirmSecondFactor = endpoint({
  ...shared,
  name: "confirmSecondFactor",
  method: "post",
  path: "/auth/second-factor/confirm",
  summary: "Turn the second step on with a first code; recovery codes are shown once, all other sessions end",
  body: z.object({ code: Code }),
  answer: RecoveryCodes,
})

export const renewRecoveryCodes = endpoint({
  ...shared,
  name: "renewRecoveryCodes",
  method: "post",
  path: "/auth/second-factor/recovery-codes",
  summary: "Ten new recovery codes; the old ones stop working",
  body: z.object({ code: Code }),
  answer: RecoveryCodes,
})

export const disableSecondFactor = endpoint({
  ...shared,
  name: "disableSecondFactor",
  method: "post",
  path: "/auth/second-factor/disable",
  summary: "Turn the second step off, with password and code",
  body: z.object({ password: z.string().max(256).optional(), code: Code }),
  status: 204,
  answer: none,
})
