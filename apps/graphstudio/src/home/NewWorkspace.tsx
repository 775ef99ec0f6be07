import { GitBranch, Plus } from "lucide-react"
import { type FormEvent, useState } from "react"
import { navigate } from "../connect/route.ts"
import { sentence } from "../connect/sentence.ts"
import { useSession } from "../connect/session-context.ts"
import { Button } from "../ui/Button.tsx"
import { classNames } from "../ui/class-names.ts"
import { Notice } from "../ui/Notice.tsx"
import { onDemand } from "../ui/on-demand.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import { makeWorkspace } from "./make-workspace.ts"
import { Sketch } from "./Sketch.tsx"
import { placeTemplate, TEMPLATES } from "./templates.ts"

const ImportBundle = onDemand(() => import("../connect/ImportBundle.tsx"))
const ImportRepository = onDemand(
  () => import("../versions/ImportRepository.tsx"),
  () => <Skeleton lines={2} label={say("Loading the form")} />,
)

interface Going {
  readonly done: number
  readonly of: number
}

/** The ways to a new workspace: an empty one, one of a template, or one that was somewhere else before. */
export function NewWorkspace() {
  const { api } = useSession()
  const [chosen, setChosen] = useState<string>()
  const [going, setGoing] = useState<Going>()
  const [error, setError] = useState<string>()
  const [importing, setImporting] = useState(false)
  const template = TEMPLATES.find(({ name }) => name === chosen)

  const create = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get("name") ?? "").trim()
    if (!name) return
    setError(undefined)
    setGoing({ done: 0, of: 1 })
    try {
      const onProgress = (done: number, of: number) => setGoing({ done, of })
      const { made, missing } = await makeWorkspace({ api, name, template, onProgress })
      if (missing.length > 0) {
        const detail = say("Add it from the gallery: {names}", { names: missing.join(", ") })
        toast({ tone: "wrong", title: say("Not every panel of the template came along"), detail })
      }
      navigate({ at: "workspace", workspace: made.id })
    } catch (cause) {
      setError(sentence(cause))
      setGoing(undefined)
    }
  }

  return (
    <section aria-labelledby="new-workspace" className="flex flex-col gap-3">
      <h2 id="new-workspace" className="font-bold text-14">
        {say("A new workspace")}
      </h2>
      <fieldset aria-label={say("Begin with")} className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        <Start
          name={say("Empty")}
          text={say("A desk with nothing on it")}
          pressed={!template}
          onPress={() => setChosen(undefined)}
        >
          <span className="grid aspect-[320/144] place-items-center rounded-t-control bg-bg text-faint">
            <Plus size={20} />
          </span>
        </Start>
        {TEMPLATES.map((each) => (
          <Start
            key={each.name}
            name={each.name}
            text={each.text}
            pressed={each === template}
            onPress={() => setChosen(each.name)}
          >
            <Sketch panels={placeTemplate(each).map(({ frame, folder }) => ({ ...frame, title: folder }))} />
          </Start>
        ))}
      </fieldset>
      <form onSubmit={create} className="flex flex-wrap gap-2">
        <input
          name="name"
          aria-label={say("Name of the new workspace")}
          placeholder={say("Name of a new workspace")}
          maxLength={200}
          required
          className="h-9 min-w-48 flex-1 rounded-control border border-line-strong bg-surface px-3 text-14 placeholder:text-faint"
        />
        <Button type="submit" tone="primary" className="h-9" disabled={going !== undefined}>
          {going && going.of > 1
            ? say("Panel {done} of {of}…", { done: going.done + 1, of: going.of })
            : say("Create workspace")}
        </Button>
      </form>
      {error ? <Notice tone="wrong">{error}</Notice> : null}
      {importing ? (
        <ImportRepository onClose={() => setImporting(false)} />
      ) : (
        <div className="-ms-3 flex flex-wrap gap-2">
          <Button tone="quiet" icon={<GitBranch size={14} />} onClick={() => setImporting(true)}>
            {say("Import a repository")}
          </Button>
          <ImportBundle />
        </div>
      )}
    </section>
  )
}

interface StartProps {
  readonly name: string
  readonly text: string
  readonly pressed: boolean
  readonly onPress: () => void
  readonly children: React.ReactNode
}

function Start({ name, text, pressed, onPress, children }: StartProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onPress}
      className={classNames(
        "flex flex-col overflow-hidden rounded-control border bg-surface text-start hover:bg-hover",
        pressed ? "border-accent outline-1 outline-accent" : "border-line",
      )}
    >
      <span aria-hidden="true" className="block">
        {children}
      </span>
      <span className="block w-full flex-1 border-line border-t px-3 py-2">
        <span className={classNames("block font-medium text-13", pressed && "text-accent")}>{name}</span>
        <span className="block text-12 text-soft">{text}</span>
      </span>
    </button>
  )
}
