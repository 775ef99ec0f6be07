import { NexusError } from "@nexus/protocol"

/**
 * How much one workspace may fetch: so many requests a minute, each hop of a redirect being one, and so many at once. What
 * is over the first is refused with the figure; what is over the second waits for its turn, because `Promise.all` over a
 * list is ordinary code.
 */
const MINUTE_MS = 60_000
const MOST_AT_ONCE = 16

interface Account {
  since: number
  used: number
  underWay: number
  readonly waiting: Set<() => void>
}

export class HttpQuota {
  readonly #perMinute: number
  readonly #clock: () => number
  readonly #accounts = new Map<string, Account>()

  constructor(perMinute: number, clock: () => number) {
    this.#perMinute = perMinute
    this.#clock = clock
  }

  /** Counts a request. Throws `quota-exceeded`. */
  take(workspace: string): void {
    const account = this.#accountOf(workspace)
    const now = this.#clock()
    if (now - account.since >= MINUTE_MS) Object.assign(account, { since: now, used: 0 })
    if (account.used >= this.#perMinute) {
      const what = "HTTP requests that the handlers of this workspace make in a minute"
      throw new NexusError({ code: "quota-exceeded", what, limit: this.#perMinute, used: account.used })
    }
    account.used += 1
  }

  /** Resolves when there is room, with how to give it back. Rejects when `signal` aborts first. */
  async enter(workspace: string, signal: AbortSignal): Promise<() => void> {
    const account = this.#accountOf(workspace)
    if (account.underWay >= MOST_AT_ONCE) await turn(account, signal)
    else account.underWay += 1
    return () => {
      const [next] = account.waiting
      // Who waits takes the place over, so that nobody who comes just now slips in before.
      if (next) next()
      else account.underWay -= 1
    }
  }

  #accountOf(workspace: string): Account {
    const account = this.#accounts.get(workspace) ?? { since: 0, used: 0, underWay: 0, waiting: new Set() }
    this.#accounts.set(workspace, account)
    return account
  }
}

function turn({ waiting }: Account, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      waiting.delete(next)
      signal.removeEventListener("abort", abort)
    }
    const next = () => {
      end()
      resolve()
    }
    const abort = () => {
      end()
      reject(signal.reason)
    }
    if (signal.aborted) return abort()
    signal.addEventListener("abort", abort)
    waiting.add(next)
  })
}
