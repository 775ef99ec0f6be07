import { endpoints } from "@nexus/protocol"
import { useCallback } from "react"
import { EntryList } from "../audit/EntryList.tsx"
import { useSession } from "../connect/session-context.ts"
import { say } from "../words/say.ts"
import type { SectionProps } from "./section-props.ts"

/** What was done in one's own name, and to one's account by others. */
export default function ActivitySection({ user }: SectionProps) {
  const { api } = useSession()
  const read = useCallback(
    (cursor?: string) =>
      api.call(endpoints.listMyAudit, {
        query: { limit: "30", ...(cursor === undefined ? {} : { cursor }) },
      }),
    [api],
  )
  return (
    <div className="flex flex-col gap-3">
      <p className="text-14 text-soft">
        {say(
          "What was done in your name, and to your account. If something here was not you, change your password and sign out everywhere.",
        )}
      </p>
      <EntryList read={read} nameOf={(id) => (id === user.id ? user.name : undefined)} empty={say("Nothing yet.")} />
    </div>
  )
}
