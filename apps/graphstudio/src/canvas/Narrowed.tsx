import { Eye } from "lucide-react"
import { Tip } from "../ui/Tip.tsx"
import { say } from "../words/say.ts"
import { useMayEdit, usePanelLevel } from "../workspace/desk-context.ts"

/** Said where an owner narrowed this panel for the person who looks; a viewer is told once for all of them. */
export function Narrowed({ id }: { readonly id: string }) {
  const level = usePanelLevel(id)
  const mayEdit = useMayEdit()
  if (level === "change" || (level === "look" && !mayEdit)) return null
  const [text, why] =
    level === "run"
      ? [
          say("Look and run"),
          say("You can look at this panel and run it, not change it. An owner of the workspace decides that."),
        ]
      : [
          say("Only look"),
          say("You can look at this panel, not run or change it. An owner of the workspace decides that."),
        ]
  return (
    <Tip label={why}>
      <span className="flex flex-none items-center gap-1 rounded-full bg-sunken px-2 py-0.5 text-12 text-soft">
        <Eye size={12} />
        {text}
      </span>
    </Tip>
  )
}
