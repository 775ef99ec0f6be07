import type { Account } from "@nexus/protocol"

/** What each section of the account page is given. */
export interface SectionProps {
  readonly user: Account
}
