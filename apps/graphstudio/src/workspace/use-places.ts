import { endpoints } from "@nexus/protocol"
import { useEffect, useState } from "react"
import { readCatalogue } from "../catalogue/catalogue.ts"
import { navigate } from "../connect/route.ts"
import { useOpened } from "../versions/version-acts.ts"
import { say } from "../words/say.ts"
import type { Command } from "./command.ts"
import type { Desk } from "./desk.ts"
import { useDesk } from "./desk-context.ts"
import { studio } from "./studio.ts"

const COMMITS = "30"
const COMPONENTS: readonly Command[] = readCatalogue().flatMap(({ entries }) =>
  entries.map(({ name }) => ({
    label: say("Component: {name}", { name }),
    group: "Places",
    run: () => navigate({ at: "components", component: name }),
  })),
)

/**
 * Where the palette leads beside what it does: components, people, versions and other workspaces. They are asked for
 * when it opens, and what does not come is missing and nothing worse: the commands are there at once.
 */
export function usePlaces(): readonly Command[] {
  const desk = useDesk()
  const [found, setFound] = useState<readonly Command[]>([])
  useEffect(() => {
    let here = true
    for (const read of [people, versions, workspaces]) {
      read(desk).then(
        (commands) => here && setFound((before) => [...before, ...commands]),
        () => undefined,
      )
    }
    return () => {
      here = false
    }
  }, [desk])
  return [...found, ...COMPONENTS]
}

async function people({ api, workspace }: Desk): Promise<Command[]> {
  const { members } = await api.call(endpoints.listMembers, { params: { workspace } })
  return members.map(({ user }) => ({
    label: say("Person: {name}", { name: user.name }),
    group: "Places",
    run: () => studio.set({ sharing: true }),
  }))
}

async function versions({ api, workspace }: Desk): Promise<Command[]> {
  const { commits } = await api.call(endpoints.listHistory, { query: { workspace, limit: COMMITS } })
  return commits.map(({ id, message }) => {
    const [subject = ""] = message.split("\n")
    return {
      label: say("Version: {subject} ({id})", { subject, id: id.slice(0, 7) }),
      group: "Places",
      run: () => {
        studio.set({ drawer: "versions" })
        useOpened.setState({ comparing: { from: id, title: say("Since “{subject}”", { subject }) } })
      },
    }
  })
}

async function workspaces({ api, workspace }: Desk): Promise<Command[]> {
  const answer = await api.call(endpoints.listWorkspaces)
  return answer.workspaces
    .filter(({ id }) => id !== workspace)
    .map(({ id, name }) => ({
      label: say("Workspace: {name}", { name }),
      group: "Places",
      run: () => navigate({ at: "workspace", workspace: id }),
    }))
}
