import { NexusError } from "@nexus/protocol"
import type { Response } from "express"
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible"

/** How many requests of a class are allowed within a minute. */
export interface RateLimitsConfig {
  /** Signing in and registering, by address. */
  readonly auth: number
  /** Trading refresh cookies, by address. */
  readonly refresh: number
  /** Requests without a person, and to what other packages serve here, by address. */
  readonly open: number
  /** Reading, by person. */
  readonly read: number
  /** Writing, by person. */
  readonly write: number
}

export const DEFAULT_RATE_LIMITS: RateLimitsConfig = { auth: 60, refresh: 240, open: 600, read: 3000, write: 1200 }

export interface RateLimits {
  /** Takes one request of `kind` from what `key` has left; throws `rate-limited` when there is none. */
  take(kind: keyof RateLimitsConfig, key: string, response: Response): Promise<void>
}

const WINDOW_S = 60

/** Limits in memory: right for one kernel, and each kernel of many holds its own share. */
export function createRateLimits(config: RateLimitsConfig): RateLimits {
  const limiter = (kind: keyof RateLimitsConfig) =>
    new RateLimiterMemory({ keyPrefix: kind, points: config[kind], duration: WINDOW_S })
  const limiters = {
    auth: limiter("auth"),
    refresh: limiter("refresh"),
    open: limiter("open"),
    read: limiter("read"),
    write: limiter("write"),
  }
  const tell = (response: Response, kind: keyof RateLimitsConfig, left: RateLimiterRes) => {
    const seconds = Math.ceil(left.msBeforeNext / 1000)
    response.set("RateLimit-Policy", `"${kind}";q=${config[kind]};w=${WINDOW_S}`)
    response.set("RateLimit", `"${kind}";r=${left.remainingPoints};t=${seconds}`)
  }
  return {
    async take(kind, key, response) {
      try {
        tell(response, kind, await limiters[kind].consume(key))
      } catch (left) {
        if (!(left instanceof RateLimiterRes)) throw left
        tell(response, kind, left)
        response.set("Retry-After", String(Math.ceil(left.msBeforeNext / 1000)))
        throw new NexusError({ code: "rate-limited", retryAfterMs: left.msBeforeNext })
      }
    },
  }
}
