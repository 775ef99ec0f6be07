import type { ClientMessage } from "@nexus/protocol"
import type { Accounts } from "../accounts/accounts.ts"
import type { Workspaces } from "../workspace/workspaces.ts"

/** What a message can reach. */
export interface MessageContext {
  readonly workspaces: Workspaces
  readonly accounts: Pick<Accounts, "authenticate" | "lookIn" | "roleOf" | "onEnded">
  /** Asks the kernel that has the workspace; absent: whoever asked here is told who has it. */
  readonly passOn?: (message: ClientMessage, owner: string) => void
  readonly log: (message: string, detail: object) => void
}
