import * as z from "zod"
import { Failure } from "../failure.ts"
import { sentenceOf, statusOf } from "../nexus-error.ts"

/** A failure as `application/problem+json` (RFC 9457): the failure's own fields stand beside the standard ones. */
export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
})
export type Problem = Readonly<z.infer<typeof Problem>>

/** The problem that tells of `failure`: status, title, and as `detail` the sentence for a person. */
export function toProblem(failure: Failure): Problem {
  return {
    ...failure,
    type: `urn:nexus:failure:${failure.code}`,
    title: titleOf(failure.code),
    status: statusOf(failure),
    detail: sentenceOf(failure),
  }
}

/** The failure that `toProblem` wrote; `undefined` for a problem that is not one of ours. */
export function fromProblem(problem: unknown): Failure | undefined {
  const parsed = Failure.safeParse(problem)
  if (!parsed.success) return undefined
  const failure = parsed.data
  if (!("detail" in failure)) return failure
  // The problem's `detail` is the whole sentence; the failure's own detail is the part that its sentence does not add.
  const [before, after, ...more] = sentenceOf({ ...failure, detail: MARK }).split(MARK)
  if (before === undefined || after === undefined || more.length > 0) return failure
  const { detail } = failure
  const fits = detail.length >= before.length + after.length && detail.startsWith(before) && detail.endsWith(after)
  return fits ? { ...failure, detail: detail.slice(before.length, detail.length - after.length) } : failure
}

const MARK = "\u0000"

function titleOf(code: string): string {
  return code.charAt(0).toUpperCase() + code.slice(1).replaceAll("-", " ")
}
