import { endpoints, type Person } from "@nexus/protocol"
import { useEffect, useState } from "react"
import { useDesk } from "../workspace/desk-context.ts"

/** Who can be called here; empty until they are known, and without a line. */
export function useMembers(): readonly Person[] {
  const { api, workspace } = useDesk()
  const [people, setPeople] = useState<readonly Person[]>([])
  useEffect(() => {
    let here = true
    api.call(endpoints.listMembers, { params: { workspace } }).then(
      ({ members }) => here && setPeople(members.map(({ user: { id, name } }) => ({ id, name }))),
      // Without the list nobody can be called; the comment itself needs none.
      () => undefined,
    )
    return () => {
      here = false
    }
  }, [api, workspace])
  return people
}
