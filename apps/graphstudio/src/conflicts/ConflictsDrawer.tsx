import { Check } from "lucide-react"
import { Drawer } from "../ui/Drawer.tsx"
import { Empty } from "../ui/Empty.tsx"
import { say } from "../words/say.ts"
import { useConflicts } from "../workspace/desk-context.ts"
import { studio } from "../workspace/studio.ts"
import { ConflictItem } from "./ConflictItem.tsx"

/** What was done offline and did not fit: kept until the person decides, one by one, the oldest first. */
export default function ConflictsDrawer() {
  const conflicts = useConflicts()
  return (
    <Drawer
      title={say("Did not fit")}
      name="conflicts"
      side="right"
      initialWidth={400}
      onClose={() => studio.set({ drawer: undefined })}
    >
      {conflicts.length === 0 ? (
        <Empty icon={<Check size={24} />} title={say("Everything you did is in")}>
          {say(
            "What you do offline is sent when the line is back. Where somebody changed the same meanwhile, both are shown here and you decide.",
          )}
        </Empty>
      ) : null}
      <ul aria-label={say("Changes that did not fit")}>
        {conflicts.map((conflict) => (
          <ConflictItem key={conflict.ref} conflict={conflict} />
        ))}
      </ul>
    </Drawer>
  )
}
