import { type Connection, createConnection, type WorkspaceMirror } from "@nexus/reactor/client"
import { createStore, type StoreApi } from "zustand"
import { type Shown, sameShown, shownOf } from "./shown.ts"

/**
 * What an embed knows. It holds a code and nothing of whoever reads: no session is resumed, nothing is stored, and the
 * one request it makes is the stream. `ended` is for good: a link that was stopped is not tried again.
 */
export type EmbedState =
  | { readonly at: "starting" | "ended" | "nowhere" }
  | { readonly at: "waiting" }
  | {
      readonly at: "shown"
      readonly mirror: WorkspaceMirror
      readonly shown: Shown
      /** Whether it follows the workspace now. */
      readonly live: boolean
    }

export function openEmbed(code: string, url: string): StoreApi<EmbedState> {
  const store = createStore<EmbedState>(() => ({ at: code ? "starting" : "nowhere" }))
  if (!code) return store
  const connection = createConnection({ url, token: async () => code })
  let mirror: WorkspaceMirror | undefined
  let painted: Shown | undefined

  const paint = (): void => {
    const { embed } = connection.viewer ?? {}
    if (!mirror || !embed) return
    const next = shownOf(mirror.graph, embed.panel)
    painted = painted && sameShown(painted, next) ? painted : next
    store.setState({ at: "shown", mirror, shown: painted, live: connection.status === "online" })
  }
  const follow = ({ workspace }: { readonly workspace: string }): void => {
    mirror = connection.open(workspace)
    mirror.onTouched(paint)
    mirror.ready.then(paint, () => end(connection, store))
  }
  connection.onStatus((status) => {
    const { embed } = connection.viewer ?? {}
    if (connection.failure?.code === "unauthenticated") end(connection, store)
    else if (status === "online" && embed && !mirror) follow(embed)
    else if (store.getState().at === "shown") paint()
    else if (status === "offline") store.setState({ at: "waiting" })
  })
  return store
}

function end(connection: Connection, store: StoreApi<EmbedState>): void {
  store.setState({ at: "ended" }, true)
  connection.close()
}
