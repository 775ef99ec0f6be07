import { endpoints, type Patch } from "@nexus/protocol"
import { sentence } from "../connect/sentence.ts"
import { doerInWords } from "../history/deed-in-words.ts"
import { ago } from "../ui/ago.ts"
import { Button } from "../ui/Button.tsx"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { noteCommit, useVersions } from "./history.ts"
import { Section } from "./Section.tsx"

const SHOWN = 20

/** Proposals that were accepted, each of which can be taken back while what came later stays. */
export function OldPatches({ editable }: { readonly editable: boolean }) {
  const { api, workspace } = useDesk()
  const { value: patches } = useVersions(async () => {
    const query = { workspace, status: "accepted" as const }
    return (await api.call(endpoints.listPatches, { query })).patches.slice(0, SHOWN)
  })
  if (!patches || patches.length === 0) return null
  const takeBack = async ({ id, reason }: Patch) => {
    try {
      await api.call(endpoints.revertPatch, { params: { patch: id } })
      noteCommit()
      toast({
        tone: "good",
        title: say("Took back “{reason}”", { reason }),
        detail: say("Everything that came later stays."),
      })
    } catch (cause) {
      toast({ tone: "wrong", title: say("That cannot be taken back by itself"), detail: sentence(cause) })
    }
  }
  return (
    <Section title={say("Accepted proposals")}>
      <ul aria-label={say("Accepted proposals")} className="flex flex-col gap-2">
        {patches.map((patch) => (
          <li key={patch.id} className="flex items-center gap-2">
            <div className="min-w-0 flex-1">
              <p className="text-13 [overflow-wrap:anywhere]">{patch.reason}</p>
              <p className="text-12 text-soft">
                {doerInWords(patch.author)} · {ago(patch.createdAt, Date.now())}
              </p>
            </div>
            {editable ? (
              <Button
                small
                aria-label={say("Take back {reason}", { reason: patch.reason })}
                onClick={() => takeBack(patch)}
              >
                {say("Take back")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}
