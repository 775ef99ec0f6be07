import { createContext, useContext } from "react"
import { useStore } from "zustand"
import type { Session, SessionState } from "./session.ts"

const SessionContext = createContext<Session | undefined>(undefined)
export const SessionProvider = SessionContext.Provider

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error("useSession outside of SessionProvider")
  return session
}

export function useSessionState(): SessionState {
  return useStore(useSession().store)
}
