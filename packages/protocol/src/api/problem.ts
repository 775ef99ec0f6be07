import * as z from "zod"
import { type Failure, sentenceOf, statusOf } from "../failure.ts"

/** A failure as `application/problem+json` (RFC 9457): the failure's own fields stand beside the standard ones. */
export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
})
export type Problem = Readonly<z.infer<typeof Problem>>

export function toProblem(failure: Failure): Problem {
  return {
    ...failure,
    type: `urn:nexus:failure:${failure.code}`,
    title: titleOf(failure.code),
    status: statusOf(failure),
    detail: sentenceOf(failure),
  }
}

function titleOf(code: string): string {
  return code.charAt(0).toUpperCase() + code.slice(1).replaceAll("-", " ")
}
