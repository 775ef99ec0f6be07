import type { Accounts } from "../accounts/accounts.ts"
import type { Workspaces } from "../workspace/workspaces.ts"

/** What a message can reach. */
export interface MessageContext {
  readonly workspaces: Workspaces
  readonly accounts: Pick<Accounts, "authenticate" | "roleOf" | "onEnded">
  readonly log: (message: string, detail: object) => void
}
