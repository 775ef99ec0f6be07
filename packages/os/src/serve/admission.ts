import { NexusError } from "@nexus/protocol"

/**
 * How many answers may be under way. A model's time costs money, so one caller gets a few at once and everybody together
 * no more than the process can stream. Callers are told apart by their token: it is checked only later, and a made-up
 * one takes a place for no longer than the kernel needs to refuse it.
 */
export interface Admission {
  /** Takes a place; the answer gives it back. Throws `rate-limited`. */
  enter(caller: string): () => void
}

export interface AdmissionLimits {
  readonly perCaller: number
  readonly inAll: number
}

const RETRY_AFTER_MS = 2_000

export function createAdmission({ perCaller, inAll }: AdmissionLimits): Admission {
  const underWay = new Map<string, number>()
  let all = 0
  return {
    enter(caller) {
      const mine = underWay.get(caller) ?? 0
      if (mine >= perCaller || all >= inAll)
        throw new NexusError({ code: "rate-limited", retryAfterMs: RETRY_AFTER_MS })
      underWay.set(caller, mine + 1)
      all += 1
      return () => {
        const left = (underWay.get(caller) ?? 1) - 1
        if (left > 0) underWay.set(caller, left)
        else underWay.delete(caller)
        all -= 1
      }
    },
  }
}
