import { type ApiClient, endpoints, type ListedWorkspace, pagesOf } from "@nexus/protocol"
import { useCallback } from "react"
import { useLoaded } from "../account/use-loaded.ts"
import { useSession } from "../connect/session-context.ts"

/** The workspaces one is in, all of them. */
export function useWorkspaces() {
  const { api } = useSession()
  return useLoaded(useCallback(() => readWorkspaces(api), [api]))
}

async function readWorkspaces(api: ApiClient): Promise<readonly ListedWorkspace[]> {
  const all: ListedWorkspace[] = []
  for await (const page of pagesOf((asked) => api.call(endpoints.listWorkspaces, asked), { query: {} })) {
    all.push(...page.workspaces)
  }
  return all
}
