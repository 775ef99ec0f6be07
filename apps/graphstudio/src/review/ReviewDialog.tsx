import { endpoints, type Patch } from "@nexus/protocol"
import { ShieldAlert } from "lucide-react"
import { useEffect, useMemo, useState } from "react"
import { refusal, sentence } from "../connect/sentence.ts"
import { doerInWords } from "../history/deed-in-words.ts"
import { inWords } from "../permissions/capability-words.ts"
import { confirm } from "../ui/ask.ts"
import { Button } from "../ui/Button.tsx"
import { Dialog } from "../ui/Dialog.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import { useDesk, useMayEdit } from "../workspace/desk-context.ts"
import { studio } from "../workspace/studio.ts"
import { describeOperation, outlookOf } from "./differences.ts"
import { Side } from "./Side.tsx"
import { SourceDiff } from "./SourceDiff.tsx"

/** A patch before it is anything: what it may do, how the panels look before and after, each difference to tick. */
export default function ReviewDialog({ patchId }: { readonly patchId: string }) {
  const { api } = useDesk()
  const [patch, setPatch] = useState<Patch>()
  const [capabilities, setCapabilities] = useState<readonly string[]>([])
  const [error, setError] = useState<string>()

  useEffect(() => {
    let here = true
    api.call(endpoints.getPatch, { params: { patch: patchId } }).then(
      (review) => {
        if (!here) return
        setPatch(review.patch)
        setCapabilities(review.preview?.capabilities ?? review.patch.capabilities)
        if (review.failure) setError(refusal(review.failure))
      },
      (cause: unknown) => here && setError(sentence(cause)),
    )
    return () => {
      here = false
    }
  }, [api, patchId])

  if (patch) return <Review patch={patch} capabilities={capabilities} stale={error} />
  return (
    <Dialog title={say("Review the patch")} size="wide" onClose={close}>
      {error ? (
        <Notice tone="wrong" className="m-5">
          {error}
        </Notice>
      ) : (
        <Skeleton lines={6} label={say("Loading the patch")} />
      )}
    </Dialog>
  )
}

function close(): void {
  studio.set({ reviewing: undefined })
}

interface ReviewProps {
  readonly patch: Patch
  readonly capabilities: readonly string[]
  /** Why it no longer applies as it is. */
  readonly stale: string | undefined
}

function Review({ patch, capabilities, stale }: ReviewProps) {
  const { api, mirror } = useDesk()
  const editable = useMayEdit()
  const [graph] = useState(() => mirror.graph.fork())
  const [ticked, setTicked] = useState<readonly boolean[]>(() => patch.operations.map(() => true))
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState(stale)
  const chosen = useMemo(() => patch.operations.filter((_, index) => ticked[index]), [patch, ticked])
  const outlook = useMemo(() => outlookOf(graph, chosen), [graph, chosen])
  const pending = patch.status === "pending"

  const decide = async (work: () => Promise<void>) => {
    setBusy(true)
    try {
      await work()
      close()
    } catch (cause) {
      setRefused(sentence(cause))
      setBusy(false)
    }
  }
  const accept = () =>
    decide(async () => {
      const all = chosen.length === patch.operations.length
      const indexes = ticked.flatMap((yes, index) => (yes ? [index] : []))
      const params = { patch: patch.id }
      await api.call(endpoints.acceptPatch, { params, body: all ? {} : { operations: indexes } })
      studio.decide(patch.id, "accepted")
      toast({
        tone: "good",
        title: say("Accepted: {reason}", { reason: patch.reason }),
        action: { label: say("Undo"), run: revert },
      })
    })
  const revert = () =>
    api.call(endpoints.revertPatch, { params: { patch: patch.id } }).then(
      () => {
        studio.decide(patch.id, "taken back")
        toast({ title: say("Taken back") })
      },
      (cause: unknown) =>
        toast({ tone: "wrong", title: say("That cannot be taken back now"), detail: sentence(cause) }),
    )
  const reject = async () => {
    const text = say("Nothing changes. It cannot be accepted later; the assistant can be asked again.")
    const question = { title: say("Reject this proposal?"), text, action: say("Reject it") }
    if (await confirm(question)) await refuse()
  }
  const refuse = () =>
    decide(async () => {
      await api.call(endpoints.rejectPatch, { params: { patch: patch.id } })
      studio.decide(patch.id, "rejected")
      toast({ title: say("Rejected; nothing changed") })
    })

  const problem = refused ?? (outlook.failure && refusal(outlook.failure))
  return (
    <Dialog
      title={patch.reason}
      description={say("{name} proposes this. Nothing changes before you accept.", {
        name: doerInWords(patch.author),
      })}
      size="wide"
      onClose={close}
      actions={
        !editable || !pending ? (
          <span className="text-13 text-soft">
            {pending ? say("An editor can accept this.") : say("It is {status}.", { status: patch.status })}
          </span>
        ) : (
          <>
            <Button disabled={busy} onClick={reject}>
              {say("Reject")}
            </Button>
            <Button
              tone="primary"
              disabled={busy || chosen.length === 0 || outlook.failure !== undefined}
              onClick={accept}
            >
              {say("Accept")}
            </Button>
          </>
        )
      }
    >
      <div className="grid h-full grid-cols-[minmax(0,1fr)_340px] max-md:h-auto max-md:grid-cols-1">
        <div className="min-h-0 overflow-auto bg-bg p-5">
          {outlook.pairs.map(({ id, before, after }) => (
            <div key={id} className="mb-5 grid gap-5 sm:grid-cols-2">
              <Side label={say("Before")} after={false} panel={before} />
              <Side label={say("After")} after panel={after} />
            </div>
          ))}
          <div className="flex flex-col gap-3">
            {outlook.pairs.map(({ id, before, after }) =>
              before?.properties.source !== after?.properties.source ? (
                <SourceDiff
                  key={id}
                  title={(after ?? before)?.properties.title ?? id}
                  before={before?.properties.source ?? ""}
                  after={after?.properties.source ?? ""}
                />
              ) : null,
            )}
          </div>
        </div>
        <div className="min-h-0 overflow-auto border-line border-s p-5 max-md:order-first max-md:border-b max-md:border-s-0">
          {capabilities.length > 0 ? <NewPowers capabilities={capabilities} /> : null}
          {problem ? (
            <Notice tone="wrong" className="mb-4">
              {problem}
            </Notice>
          ) : null}
          <h3 className="mb-2 font-medium text-12 text-faint">{say("Differences")}</h3>
          <ul className="flex flex-col gap-1">
            {patch.operations.map((operation, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an operation is known by its place in the patch
              <li key={index}>
                <label className="flex items-start gap-2.5 rounded-control px-2 py-1.5 text-13 hover:bg-hover">
                  <input
                    type="checkbox"
                    className="mt-[3px] size-4 accent-accent"
                    checked={ticked[index] ?? false}
                    disabled={!editable || !pending}
                    onChange={() => setTicked(ticked.map((yes, at) => (at === index ? !yes : yes)))}
                  />
                  <span className="[overflow-wrap:anywhere]">{describeOperation(operation, graph)}</span>
                </label>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </Dialog>
  )
}

/** What panels would be able to ask for; stands first, in red. */
function NewPowers({ capabilities }: { readonly capabilities: readonly string[] }) {
  return (
    <section
      aria-label={say("New permissions")}
      className="mb-4 rounded-control border border-wrong bg-wrong-soft p-3 text-wrong"
    >
      <h3 className="flex items-center gap-1.5 font-medium text-13">
        <ShieldAlert size={15} />
        {say("It would ask for more")}
      </h3>
      <ul className="mt-1.5 flex flex-col gap-1 text-13">
        {capabilities.map((text) => (
          <li key={text}>{inWords(text)}</li>
        ))}
      </ul>
      <p className="mt-1.5 text-12">{say("Accepting grants none of this; you are asked once more on the panel.")}</p>
    </section>
  )
}
