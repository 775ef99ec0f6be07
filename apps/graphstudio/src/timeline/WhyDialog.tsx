import { endpoints, type StatePath } from "@nexus/protocol"
import { Bot, CircleHelp, Clock3, GitCommitHorizontal, MousePointerClick, Package, Play, User } from "lucide-react"
import { type ReactNode, useEffect, useState } from "react"
import { sentence } from "../connect/sentence.ts"
import { valueInWords } from "../inspector/value-in-words.ts"
import { instant as instantText } from "../ui/ago.ts"
import { Dialog } from "../ui/Dialog.tsx"
import { Empty } from "../ui/Empty.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { LANGUAGE } from "../words/language.ts"
import { say, sayAgain } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { studio, type WhyQuestion } from "../workspace/studio.ts"
import { pathLabel } from "./path-label.ts"
import { WhyChain, type WhyLink } from "./twin.ts"

const ICONS: Readonly<Record<string, ReactNode>> = {
  change: <GitCommitHorizontal size={15} />,
  run: <Play size={14} />,
  trigger: <MousePointerClick size={15} />,
  person: <User size={15} />,
  ai: <Bot size={15} />,
  schedule: <Clock3 size={15} />,
  git: <GitCommitHorizontal size={15} />,
  package: <Package size={15} />,
}

const LIST = new Intl.ListFormat(LANGUAGE)

/** The story of a value: from what it is back to who began it; each line leads to its moment. */
export default function WhyDialog({ question }: { readonly question: WhyQuestion }) {
  const { panel, label, paths, computed } = question
  const about =
    computed && paths.length > 0
      ? say("It is computed from {paths}.", { paths: LIST.format(paths.map(pathLabel)) })
      : undefined
  return (
    <Dialog
      title={say("Why is {label} what it is?", { label })}
      description={about ?? say("From the value back to who began it.")}
      size="medium"
      onClose={() => studio.set({ why: undefined })}
    >
      <div className="flex flex-col gap-6">
        {paths.map((path) => (
          <Story key={JSON.stringify(path)} panel={panel} path={path} />
        ))}
        {paths.length === 0 ? (
          <Empty icon={<CircleHelp size={24} />} title={say("It always is")}>
            {say("It reads no state, so nothing that happened could have changed it.")}
          </Empty>
        ) : null}
      </div>
    </Dialog>
  )
}

interface StoryProps {
  readonly panel: string
  readonly path: StatePath
}

function Story({ panel, path }: StoryProps) {
  const { api, workspace, mirror } = useDesk()
  const [chain, setChain] = useState<WhyChain>()
  const [error, setError] = useState<string>()
  const text = JSON.stringify(path)

  useEffect(() => {
    let here = true
    api.call(endpoints.twinWhy, { query: { workspace, panel, path: text } }).then(
      (answer) => here && setChain(WhyChain.parse(answer)),
      (cause: unknown) => here && setError(sentence(cause)),
    )
    return () => {
      here = false
    }
  }, [api, workspace, panel, text])

  if (error) return <Notice tone="wrong">{error}</Notice>
  if (!chain) return <Skeleton lines={4} label={say("Asking why")} />
  const title = mirror.graph.panel(panel)?.properties.title ?? say("the panel")
  const at = chain.links.find((link) => link.at !== undefined)?.at
  return (
    <section aria-label={say("Why {path}", { path: pathLabel(path) })}>
      <p className="mb-3 text-14">
        <span translate="no" className="font-medium">
          {pathLabel(path)}
        </span>{" "}
        {chain.value === undefined ? say("is not there") : say("is ")}
        {chain.value === undefined ? null : (
          <code className="rounded-[5px] bg-sunken px-1.5 py-0.5 font-mono text-13">
            {valueInWords(chain.value, 90)}
          </code>
        )}
      </p>
      {chain.links.length === 0 ? (
        <p className="text-13 text-soft">{say("Nobody has changed it: it is what {title} started with.", { title })}</p>
      ) : (
        <ol aria-label={say("Story")} className="flex flex-col">
          {chain.links.map((link, index) => (
            <Line
              key={`${link.kind} ${link.sentence}`}
              link={link}
              at={link.at ?? at}
              last={index === chain.links.length - 1}
            />
          ))}
        </ol>
      )}
    </section>
  )
}

interface LineProps {
  readonly link: WhyLink
  readonly at: number | undefined
  readonly last: boolean
}

function Line({ link, at, last }: LineProps) {
  return (
    <li className="relative flex gap-3 pb-3">
      {last ? null : <span aria-hidden="true" className="absolute top-7 bottom-0 start-[13px] w-px bg-line" />}
      <span
        aria-hidden="true"
        className="grid size-7 flex-none place-items-center rounded-full bg-accent-soft text-accent"
      >
        {ICONS[link.kind] ?? <CircleHelp size={15} />}
      </span>
      <button
        type="button"
        disabled={at === undefined}
        onClick={() => studio.set({ why: undefined, timeOpen: true, instant: at })}
        className="min-w-0 flex-1 rounded-control px-2 py-1 text-start text-13 enabled:hover:bg-hover"
      >
        <span className="[overflow-wrap:anywhere]">{sayAgain(link.sentence)}</span>
        {at === undefined ? null : <span className="tabular block text-12 text-soft">{instantText(at)}</span>}
      </button>
    </li>
  )
}
