import type { MergeAnswer, MergeChoice, MergeConflict } from "@nexus/protocol"
import { useState } from "react"
import { sentence } from "../connect/sentence.ts"
import { Button } from "../ui/Button.tsx"
import { Dialog } from "../ui/Dialog.tsx"
import { Notice } from "../ui/Notice.tsx"
import { say } from "../words/say.ts"
import { ConflictCard } from "./ConflictCard.tsx"
import { useOpened } from "./version-acts.ts"

interface MergeDialogProps {
  readonly title: string
  readonly conflicts: readonly MergeConflict[]
  readonly goOn: (choices: readonly MergeChoice[]) => Promise<MergeAnswer>
  readonly done: (answer: MergeAnswer) => void
}

/** Every place where both sides changed the same, to be answered one by one. Nothing has changed until all are. */
export default function MergeDialog({ title, conflicts, goOn, done }: MergeDialogProps) {
  const [choices, setChoices] = useState<ReadonlyMap<string, MergeChoice>>(new Map())
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const open = conflicts.filter(({ token }) => !choices.has(token)).length
  const close = () => useOpened.setState({ resolving: undefined })

  const choose = (token: string, choice: MergeChoice | undefined) => {
    const next = new Map(choices)
    if (choice) next.set(token, choice)
    else next.delete(token)
    setChoices(next)
  }
  const finish = async () => {
    setBusy(true)
    try {
      const answer = await goOn([...choices.values()])
      close()
      done(answer)
    } catch (cause) {
      setError(sentence(cause))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={title}
      description={say(
        "{count, plural, one {One place was} other {# places were}} changed on both sides. Nothing happens before you have said what holds.",
        { count: conflicts.length },
      )}
      size="wide"
      onClose={close}
      actions={
        <>
          <span role="status" className="me-auto text-13 text-soft">
            {open === 0
              ? say("All answered")
              : say("{count, plural, one {# still open} other {# still open}}", { count: open })}
          </span>
          <Button onClick={close}>{say("Cancel")}</Button>
          <Button tone="primary" disabled={busy || open > 0} onClick={finish}>
            {busy ? say("Merging…") : say("Merge")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5 p-5">
        {error ? <Notice tone="wrong">{error}</Notice> : null}
        {conflicts.map((conflict) => (
          <ConflictCard
            key={conflict.token}
            conflict={conflict}
            choice={choices.get(conflict.token)}
            onChoose={(choice) => choose(conflict.token, choice)}
          />
        ))}
      </div>
    </Dialog>
  )
}
