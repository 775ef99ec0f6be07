/**
 * Which of a person's pages are open: each holds a lock of the browser as long as it lives, which ends with it however
 * it ends. So what a page left is taken over once, and never while that page may still send it. Over plain HTTP there
 * are no locks; then every page takes everything, which its refs make harmless.
 */
export interface OpenPages {
  readonly id: string
  /** Runs `work` while no other page does the same, with the ids of all pages that are open. */
  alone<Value>(work: (open: ReadonlySet<string>) => Promise<Value>): Promise<Value>
  /** Told after another page ended. */
  onEnded(listener: () => void): void
  close(): void
}

export async function joinOpenPages(name: string, locks: LockManager | undefined): Promise<OpenPages> {
  const id = crypto.randomUUID()
  if (!locks) return { id, alone: (work) => work(new Set()), onEnded: () => {}, close: () => {} }
  const lockOf = (page: string) => `${name}/page/${page}`
  const ended = new AbortController()
  const here = Promise.withResolvers<void>()
  const listeners = new Set<() => void>()
  const watched = new Set<string>([id])

  const alone = <Value>(work: (open: ReadonlySet<string>) => Promise<Value>): Promise<Value> =>
    locks.request(`${name}/queue`, async () => work(await openPages()))
  const openPages = async (): Promise<ReadonlySet<string>> => {
    const { held = [] } = await locks.query()
    const prefix = lockOf("")
    const names = held.flatMap((lock) => (lock.name?.startsWith(prefix) ? [lock.name.slice(prefix.length)] : []))
    return new Set(names)
  }
  /** Waits for the lock of a page that is open now: it is given when that page is gone. */
  const watch = (page: string): void => {
    if (watched.has(page)) return
    watched.add(page)
    const gone = locks.request(lockOf(page), { signal: ended.signal }, async () => {})
    gone.then(
      () => {
        for (const listener of listeners) listener()
      },
      () => {},
    )
  }
  const pages = new BroadcastChannel(`${name}/pages`)
  pages.addEventListener("message", ({ data }) => typeof data === "string" && watch(data))

  const held = Promise.withResolvers<void>()
  const holding = locks.request(lockOf(id), () => {
    held.resolve()
    return here.promise
  })
  holding.catch(held.reject)
  await held.promise
  for (const page of await openPages()) watch(page)
  pages.postMessage(id)
  return {
    id,
    alone,
    onEnded: (listener) => listeners.add(listener),
    close() {
      ended.abort()
      pages.close()
      here.resolve()
    },
  }
}
