import { GitMerge } from "lucide-react"
import { Button } from "../ui/Button.tsx"
import { say } from "../words/say.ts"
import { studio } from "../workspace/studio.ts"

/** Says that something waits for a decision, and opens the place where it is made. Nothing is urgent: it stays. */
export default function ConflictsNotice({ count }: { readonly count: number }) {
  return (
    <div
      role="status"
      className="nx-fade -translate-x-1/2 absolute bottom-20 left-1/2 z-20 flex max-w-[calc(100%-2rem)] items-center gap-3 rounded-full border border-careful bg-careful-soft py-1.5 pe-1.5 ps-4 text-13 text-careful shadow-lifted"
    >
      <GitMerge size={14} className="shrink-0" />
      <span>
        {say(
          "{count, plural, one {One thing you did offline did not fit what others did.} other {# things you did offline did not fit what others did.}}",
          { count },
        )}
      </span>
      <Button small onClick={() => studio.set({ drawer: "conflicts" })}>
        {say("Decide")}
      </Button>
    </div>
  )
}
