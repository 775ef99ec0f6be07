import { endpoints, type ListedWorkspace, pagesOf } from "@nexus/protocol"
import { useCallback, useEffect, useState } from "react"
import { sentence } from "../connect/sentence.ts"
import { useSession } from "../connect/session-context.ts"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"

interface WorkspaceList {
  readonly workspaces: readonly ListedWorkspace[] | undefined
  readonly error: string | undefined
  rename(workspace: ListedWorkspace, name: string): Promise<void>
  remove(workspace: ListedWorkspace): void
}

/**
 * The workspaces one is in. A kernel deletes for good, so a workspace that was deleted here is out of sight at once and
 * gone only when its "Undo" has left the screen; a page that is closed before keeps it, which is the side to err on.
 */
export function useWorkspaceList(first: readonly ListedWorkspace[] | undefined): WorkspaceList {
  const { api } = useSession()
  const [workspaces, setWorkspaces] = useState(first)
  const [error, setError] = useState<string>()

  useEffect(() => {
    let here = true
    const readAll = async () => {
      const all: ListedWorkspace[] = []
      for await (const page of pagesOf((asked) => api.call(endpoints.listWorkspaces, asked), { query: {} })) {
        all.push(...page.workspaces)
        if (!here) return
        setWorkspaces([...all])
      }
    }
    readAll().catch((cause: unknown) => here && setError(sentence(cause)))
    return () => {
      here = false
    }
  }, [api])

  const change = useCallback(
    (id: string, part: Partial<ListedWorkspace>) =>
      setWorkspaces((list) => list?.map((each) => (each.id === id ? { ...each, ...part } : each))),
    [],
  )

  const rename = async (workspace: ListedWorkspace, name: string) => {
    const give = (to: string) =>
      api.call(endpoints.renameWorkspace, { params: { workspace: workspace.id }, body: { name: to } })
    change(workspace.id, { name })
    try {
      await give(name)
      const undo = async () => {
        change(workspace.id, { name: workspace.name })
        await give(workspace.name)
      }
      toast({ title: say("Renamed to {name}", { name }), action: { label: say("Undo"), run: undo } })
    } catch (cause) {
      change(workspace.id, { name: workspace.name })
      toast({ tone: "wrong", title: say("It was not renamed"), detail: sentence(cause) })
    }
  }

  const remove = (workspace: ListedWorkspace) => {
    let kept = false
    const bring = () => setWorkspaces((list) => (list ? [...list, workspace] : list))
    setWorkspaces((list) => list?.filter(({ id }) => id !== workspace.id))
    toast({
      title: say("{name} is being deleted", { name: workspace.name }),
      detail: say("For everybody in it, with all that is in it, as soon as this message is gone."),
      action: {
        label: say("Undo"),
        run: () => {
          kept = true
          bring()
        },
      },
      onGone: async () => {
        if (kept) return
        try {
          await api.call(endpoints.deleteWorkspace, { params: { workspace: workspace.id } })
        } catch (cause) {
          bring()
          toast({
            tone: "wrong",
            title: say("{name} was not deleted", { name: workspace.name }),
            detail: sentence(cause),
          })
        }
      },
    })
  }

  return { workspaces, error, rename, remove }
}
