import type { Connection } from "@nexus/reactor/client"
import { createContext, useContext } from "react"

export type LinkStatus = Connection["status"]

const LinkStatusContext = createContext<LinkStatus>("connecting")
export const LinkStatusProvider = LinkStatusContext.Provider

/** Is the socket up? */
export function useLinkStatus(): LinkStatus {
  return useContext(LinkStatusContext)
}
