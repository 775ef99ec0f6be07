import type { JsonObject, Operation } from "@nexus/protocol"
import { type Connection, createConnection, type WorkspaceMirror } from "../../src/client/index.ts"
import { createLivePanel, type LivePanel, type LivePanelOptions, type Notice } from "../../src/react/index.ts"
import { panelFrom, sourceOf } from "./panel.ts"
import { HandClock, panelWith, TestServer, WORKSPACE } from "./server.ts"

/** One viewer: the real client and the living panel `p` over it. */
export interface Client {
  readonly connection: Connection
  readonly mirror: WorkspaceMirror
  readonly live: LivePanel
  readonly notices: readonly Notice[]
}

export interface Clients {
  readonly server: TestServer
  readonly clock: HandClock
  readonly clients: readonly Client[]
}

/** Viewers of one panel, which stands beside `others`. */
export async function clientsOf(given: {
  readonly data?: string
  readonly logic?: string
  readonly view: string
  readonly state?: JsonObject
  readonly others?: readonly Operation[]
  readonly users?: readonly string[]
  readonly options?: Pick<LivePanelOptions, "nextFrame" | "now">
}): Promise<Clients> {
  const source = sourceOf(given)
  const server = new TestServer([panelWith(given.state ?? {}, source), ...(given.others ?? [])])
  const clock = new HandClock()
  const opened = (given.users ?? ["ann"]).map((user) => {
    const connection = createConnection({
      url: "ws://t",
      token: async () => user,
      clock,
      openSocket: server.openSocket,
    })
    return { connection, mirror: connection.open(WORKSPACE) }
  })
  await server.settle()
  const panel = panelFrom(source)
  const clients = opened.map(({ connection, mirror }) => {
    const notices: Notice[] = []
    const onNotice = (notice: Notice) => notices.push(notice)
    return {
      connection,
      mirror,
      notices,
      live: createLivePanel({ ...given.options, id: "p", panel, mirror, onNotice }),
    }
  })
  return { server, clock, clients }
}
