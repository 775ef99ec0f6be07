import {
  Account,
  type ApiClient,
  createApiClient,
  endpoints,
  type Failure,
  type Fetch,
  NexusError,
  type SecondStep,
  type SignInAnswer,
} from "@nexus/protocol"
import { createStore, type StoreApi } from "zustand"
import { ON_ITS_WAY_MS, REMEMBERED, RENEWING } from "./asked-early.ts"

/**
 * Who sits here. The access token lives in this closure alone: never in storage, never in the store. It is renewed by
 * the cookie a minute before it ends, and once more on demand; a page that was signed in before remembers who it was,
 * so that a first visit asks nothing of the kernel, and a person who cannot reach it still sees their own work.
 */
export interface SessionState {
  readonly status: "starting" | "signed-out" | "signed-in"
  readonly user: Account | undefined
}

export interface Session {
  readonly store: StoreApi<SessionState>
  readonly api: ApiClient
  /** A token that is valid for at least some seconds; rejects when the person must sign in again. */
  token(): Promise<string>
  /** Tries the cookie of an earlier visit. */
  resume(): Promise<void>
  register(name: string, email: string, password: string): Promise<void>
  /** Gives the second step when one has to follow, nothing when the person is in. */
  signIn(email: string, password: string): Promise<SecondStep | undefined>
  takeSecondStep(step: SecondStep, code: string): Promise<void>
  /** Trades a one-time code; trying the same code twice asks once. */
  signInByLink(code: string): Promise<void>
  /** Finishes what began at the sign-in provider; the same answer is sent once. */
  signInByProvider(answer: string): Promise<SecondStep | undefined>
  /** The person has another name or address now. */
  rename(user: Account): void
  signOut(): Promise<void>
  /** Signed out by the kernel already: everywhere, or by somebody else. */
  forget(): void
}

export interface SessionOptions {
  readonly fetch: Fetch
  readonly clock: () => number
  readonly memory: Pick<Storage, "getItem" | "setItem" | "removeItem">
  /** Runs `work` while no other tab does: two tabs must not trade the same cookie. */
  readonly alone: (work: () => Promise<void>) => Promise<void>
  readonly wait?: (ms: number) => Promise<void>
  /** Whoever signs out leaves nothing behind in this browser. */
  readonly forget?: (user: string) => void
}

const RENEW_BEFORE_MS = 60_000
const USABLE_MS = 5_000

export function createSession({ fetch, clock, memory, alone, wait = sleep, forget }: SessionOptions): Session {
  const store = createStore<SessionState>(() => ({ status: "starting", user: undefined }))
  let accessToken = ""
  let expiresAt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let renewing: Promise<void> | undefined
  const links = new Map<string, Promise<void>>()
  const answers = new Map<string, Promise<SecondStep | undefined>>()
  const stayingFetch: Fetch = (address, init) => fetch(address, { ...init, keepalive: true })
  const api = createApiClient({
    url: "",
    fetch,
    // A line that broke is worth a second try; more of them would only keep the person from being told.
    tries: 2,
    token: () => (store.getState().status === "signed-in" ? token() : Promise.resolve(undefined)),
  })

  function hold(answer: SignInAnswer): void {
    accessToken = answer.accessToken
    expiresAt = answer.expiresAt
    memory.setItem(REMEMBERED, JSON.stringify(answer.user))
    clearTimeout(timer)
    const waitMs = Math.max(1_000, expiresAt - clock() - RENEW_BEFORE_MS)
    timer = setTimeout(() => renew().catch(() => {}), Math.min(waitMs, 2 ** 31 - 1))
    enter(answer.user)
  }

  /** The same person stays the same object: what hangs on it is not opened anew with every token. */
  function enter(user: Account): void {
    const before = store.getState().user
    const same = before && JSON.stringify(before) === JSON.stringify(user)
    store.setState({ status: "signed-in", user: same ? before : user })
  }

  function stepOrHold(answer: SignInAnswer | SecondStep): SecondStep | undefined {
    if ("challenge" in answer) return answer
    hold(answer)
    return undefined
  }

  function drop(): void {
    accessToken = ""
    expiresAt = 0
    clearTimeout(timer)
    memory.removeItem(REMEMBERED)
    store.setState({ status: "signed-out", user: undefined })
  }

  /**
   * A cookie is traded once: a copy of it that comes later ends the session, for it may be a thief's. So a page that is left
   * while it trades must still get its answer (`keepalive`), and the page that comes after it waits until it has.
   */
  async function tradeCookie(): Promise<void> {
    const begun = Number(memory.getItem(RENEWING) ?? 0)
    const leftMs = begun + ON_ITS_WAY_MS - clock()
    if (begun > 0 && leftMs > 0 && leftMs <= ON_ITS_WAY_MS) await wait(leftMs)
    memory.setItem(RENEWING, String(clock()))
    try {
      hold(await api.call(endpoints.refresh, { fetch: stayingFetch }))
    } finally {
      memory.removeItem(RENEWING)
    }
  }

  function renew(): Promise<void> {
    renewing ??= alone(tradeCookie)
      .catch((error: unknown) => {
        const code = codeOf(error)
        if (code === "unauthenticated" || code === "forbidden") drop()
        throw error
      })
      .finally(() => {
        renewing = undefined
      })
    return renewing
  }

  async function token(): Promise<string> {
    if (expiresAt - clock() < USABLE_MS) await renew()
    return accessToken
  }

  return {
    store,
    api,
    token,
    async resume() {
      const remembered = memory.getItem(REMEMBERED)
      if (!remembered) return drop()
      await renew().catch((error: unknown) => {
        if (store.getState().status !== "starting") return
        const user = codeOf(error) === "unavailable" ? parseAccount(remembered) : undefined
        if (user) enter(user)
        else store.setState({ status: "signed-out" })
      })
    },
    async register(name, email, password) {
      hold(await api.call(endpoints.register, { body: { name, email, password } }))
    },
    async signIn(email, password) {
      return stepOrHold(await api.call(endpoints.login, { body: { email, password } }))
    },
    signInByProvider(answer) {
      const known = answers.get(answer)
      if (known) return known
      const asked = api.call(endpoints.finishProviderSignIn, { body: { answer } }).then(stepOrHold)
      answers.set(answer, asked)
      return asked
    },
    rename: (user) => store.setState({ user }),
    forget: drop,
    async takeSecondStep({ challenge }, code) {
      hold(await api.call(endpoints.takeSecondStep, { body: { challenge, code } }))
    },
    signInByLink(code) {
      const known = links.get(code)
      if (known) return known
      const asked = api.call(endpoints.signInByLink, { body: { code } }).then(hold)
      links.set(code, asked)
      return asked
    },
    async signOut() {
      const { user } = store.getState()
      await api.call(endpoints.logout).catch(() => {})
      drop()
      if (user) forget?.(user.id)
    },
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function codeOf(error: unknown): Failure["code"] | undefined {
  return error instanceof NexusError ? error.failure.code : undefined
}

/** Earlier versions remembered only that somebody was here. */
function parseAccount(text: string): Account | undefined {
  try {
    const parsed = Account.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}
