import type { Outbox } from "@nexus/reactor/client"

/** A workspace's outbox, whose code and database come beside the page's first paint and not before it. */
export function outboxOf(user: string, workspace: string): Outbox {
  const loading = import("./indexed-outbox.ts").then(({ createIndexedOutbox }) => createIndexedOutbox(user, workspace))
  loading.catch(() => {})
  return {
    open: async () => (await loading).open(),
    write: async (writes) => (await loading).write(writes),
    onOthers(listener) {
      const stop = loading.then((outbox) => outbox.onOthers(listener))
      stop.catch(() => {})
      return () => void stop.then((end) => end()).catch(() => {})
    },
    close: () => void loading.then((outbox) => outbox.close()).catch(() => {}),
  }
}
