import type { Change, Peer, Touch } from "@nexus/protocol"
import { Listeners } from "./listeners.ts"
import type { DocumentNews, HandlerLog, ViewCommand } from "./workspace-mirror.ts"

/** Everything that a mirrored workspace tells, one list of listeners each. */
export class WorkspaceEvents {
  readonly touched = new Listeners<[readonly Touch[], Change | undefined]>()
  readonly logged = new Listeners<[HandlerLog]>()
  readonly viewed = new Listeners<[ViewCommand]>()
  readonly peersChanged = new Listeners<[readonly Peer[]]>()
  readonly historyChanged = new Listeners<[]>()
  readonly queueChanged = new Listeners<[]>()
  readonly conflictsChanged = new Listeners<[]>()
  readonly runsChanged = new Listeners<[]>()
  readonly documents = new Listeners<[DocumentNews]>()

  /** After the graph became another without a change: a submission, one taken back, a snapshot. */
  tellTouched(touched: readonly Touch[]): void {
    if (touched.length > 0) this.touched.tell(touched, undefined)
  }
}
