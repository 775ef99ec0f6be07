import { endpoints, type VersionDifference } from "@nexus/protocol"
import { useEffect, useState } from "react"
import { sentence } from "../connect/sentence.ts"
import { KINDS } from "../graph/kind-words.ts"
import { SourceDiff } from "../review/SourceDiff.tsx"
import { Button } from "../ui/Button.tsx"
import { Dialog } from "../ui/Dialog.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { say, sayAgain } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { CanvasDiff } from "./CanvasDiff.tsx"
import { type ComparedPanel, compareCanvases } from "./compare-canvases.ts"
import { useOpened } from "./version-acts.ts"

interface DiffDialogProps {
  readonly from: string
  /** Now, when absent. */
  readonly to?: string
  readonly title: string
}

interface Answer {
  readonly differences?: readonly VersionDifference[]
  readonly cut?: boolean
  readonly error?: string
}

/** What differs between two versions, thing by thing in sentences; the lines of a panel's files are one click away. */
export default function DiffDialog({ from, to, title }: DiffDialogProps) {
  const { api, workspace } = useDesk()
  const [answer, setAnswer] = useState<Answer>({})
  useEffect(() => {
    let here = true
    const query = { workspace, from, ...(to ? { to } : {}) }
    api.call(endpoints.diffVersions, { query }).then(
      (found) => here && setAnswer(found),
      (cause: unknown) => here && setAnswer({ error: sentence(cause) }),
    )
    return () => {
      here = false
    }
  }, [api, workspace, from, to])
  const canvases = useCanvases(from, to)
  const { differences, cut, error } = answer
  return (
    <Dialog title={title} size="large" onClose={() => useOpened.setState({ comparing: undefined })}>
      {error ? <Notice tone="wrong">{error}</Notice> : null}
      {!differences && !error ? <Skeleton lines={5} label={say("Loading what differs")} /> : null}
      {differences?.length === 0 ? <p className="text-13 text-soft">{say("Nothing differs.")}</p> : null}
      {canvases && differences && differences.length > 0 ? (
        <div className="mb-5 border-line border-b pb-5">
          <CanvasDiff panels={canvases} />
        </div>
      ) : null}
      <ul aria-label={say("Differences")} className="flex flex-col gap-4">
        {differences?.map((difference) => (
          <Difference key={difference.id} difference={difference} from={from} {...(to ? { to } : {})} />
        ))}
      </ul>
      {cut ? <Notice tone="info">{say("More differs than is listed here.")}</Notice> : null}
    </Dialog>
  )
}

/** The panels of both versions; nothing until they are here, and where they cannot be read: the sentences stay. */
function useCanvases(from: string, to: string | undefined): readonly ComparedPanel[] | undefined {
  const { api, workspace } = useDesk()
  const [panels, setPanels] = useState<readonly ComparedPanel[]>()
  useEffect(() => {
    let here = true
    const read = (ref: string | undefined) =>
      api.call(endpoints.readVersion, { query: { workspace, ...(ref ? { ref } : {}) } })
    Promise.all([read(from), read(to)]).then(
      ([before, after]) => here && setPanels(compareCanvases(before.panels, after.panels)),
      () => undefined,
    )
    return () => {
      here = false
    }
  }, [api, workspace, from, to])
  return panels
}

interface DifferenceProps extends Pick<DiffDialogProps, "from" | "to"> {
  readonly difference: VersionDifference
}

interface Pair {
  readonly path: string
  readonly before?: string | undefined
  readonly after?: string | undefined
}

function Difference({ difference: { id, kind, name, facts, text }, from, to }: DifferenceProps) {
  const { api, workspace } = useDesk()
  const [files, setFiles] = useState<readonly Pair[]>()
  const [error, setError] = useState<string>()
  const show = async () => {
    if (files) return setFiles(undefined)
    try {
      const query = { workspace, from, panel: id, ...(to ? { to } : {}) }
      setFiles((await api.call(endpoints.diffText, { query })).files)
    } catch (cause) {
      setError(sentence(cause))
    }
  }
  return (
    <li>
      <div className="flex items-center gap-2">
        <h3 className="min-w-0 flex-1 truncate font-medium text-14">
          {name} <span className="font-normal text-12 text-faint">{KINDS[kind].word}</span>
        </h3>
        {text ? (
          <Button
            small
            aria-expanded={files !== undefined}
            aria-label={files ? say("Hide lines of {name}", { name }) : say("Lines of {name}", { name })}
            onClick={show}
          >
            {files ? say("Hide lines") : say("Lines")}
          </Button>
        ) : null}
      </div>
      <ul className="mt-1 flex list-disc flex-col gap-0.5 ps-5 text-13 text-soft">
        {facts.map((fact) => (
          <li key={fact.sentence} className="[overflow-wrap:anywhere]">
            {sayAgain(fact.sentence).replaceAll("`", "")}
          </li>
        ))}
      </ul>
      {error ? <Notice tone="wrong">{error}</Notice> : null}
      <div className="mt-2 flex flex-col gap-2">
        {files?.map(({ path, before = "", after = "" }) => (
          <SourceDiff key={path} title={path} before={before} after={after} />
        ))}
      </div>
    </li>
  )
}
