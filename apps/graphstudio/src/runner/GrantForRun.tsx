import { ShieldQuestion } from "lucide-react"
import type { MissingGrant } from "../canvas/missing-grants.ts"
import { inWords } from "../permissions/capability-words.ts"
import { Button } from "../ui/Button.tsx"
import { say } from "../words/say.ts"

interface GrantForRunProps {
  readonly missing: readonly MissingGrant[]
  readonly editable: boolean
  readonly onRun: (once: boolean) => void
}

/** The rights that the run was refused, in plain words: for good, or for this one run. */
export function GrantForRun({ missing, editable, onRun }: GrantForRunProps) {
  return (
    <section
      aria-label={say("It asks for a permission")}
      className="nx-fade rounded-control border border-line bg-sunken p-3"
    >
      <p className="flex items-center gap-1.5 font-medium text-13">
        <ShieldQuestion size={15} className="text-careful" />
        {say("It would like to")}
      </p>
      <ul className="mt-1 flex flex-col gap-1">
        {missing.map(({ grant, reason }) => (
          <li key={grant} className="text-13 [overflow-wrap:anywhere]">
            {inWords(grant)}
            {reason ? <span className="block text-12 text-soft">{say("Its reason: {reason}", { reason })}</span> : null}
          </li>
        ))}
      </ul>
      {editable ? (
        <div className="mt-2 flex flex-wrap gap-1.5">
          <Button small tone="primary" onClick={() => onRun(false)}>
            {say("Grant and run")}
          </Button>
          <Button small onClick={() => onRun(true)}>
            {say("Only this time")}
          </Button>
        </div>
      ) : (
        <p className="mt-2 text-12 text-soft">{say("An editor of this workspace can grant it.")}</p>
      )}
    </section>
  )
}
