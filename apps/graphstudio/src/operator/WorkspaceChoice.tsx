import type { ListedWorkspace } from "@nexus/protocol"
import { say } from "../words/say.ts"

export const FIELD = "h-9 min-w-0 rounded-control border border-line-strong bg-surface px-2 text-13"

interface WorkspaceChoiceProps {
  readonly workspaces: readonly ListedWorkspace[]
  readonly value: string
  /** Also none in particular. */
  readonly all?: boolean
  readonly onChoose: (workspace: string) => void
}

/** Which of the workspaces one is in. */
export function WorkspaceChoice({ workspaces, value, all, onChoose }: WorkspaceChoiceProps) {
  return (
    <select
      aria-label={say("Workspace")}
      value={value}
      onChange={(event) => onChoose(event.currentTarget.value)}
      className={`${FIELD} max-w-56`}
    >
      {all ? <option value="">{say("In all workspaces")}</option> : null}
      {workspaces.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  )
}
