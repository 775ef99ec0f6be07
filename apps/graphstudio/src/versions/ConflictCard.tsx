import {
  type Graph,
  type Json,
  type MergeChoice,
  type MergeConflict,
  type PanelEntity,
  RelationshipKind,
} from "@nexus/protocol"
import { PanelView } from "@nexus/reactor/react"
import { useId, useMemo, useState } from "react"
import { usePreview } from "../canvas/use-preview.ts"
import { relationWord } from "../graph/kind-words.ts"
import { SourceDiff } from "../review/SourceDiff.tsx"
import { classNames } from "../ui/class-names.ts"
import { say, sayAgain } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"

interface ConflictCardProps {
  readonly conflict: MergeConflict
  readonly choice: MergeChoice | undefined
  readonly onChoose: (choice: MergeChoice | undefined) => void
}

type Way = "ours" | "theirs" | "own"

const NAMES: Readonly<Record<Way, string>> = { ours: say("Ours"), theirs: say("Theirs"), own: say("My own") }

/** One conflict: both sides beside each other, and the one that holds, or a value of one's own. */
export function ConflictCard({ conflict, choice, onChoose }: ConflictCardProps) {
  const group = useId()
  const { token, kind, ours, theirs } = conflict
  const { graph } = useDesk().mirror
  const name = conflict.of === "relationship" ? relationName(conflict.name, graph) : conflict.name
  const [own, setOwn] = useState(() => textOf(ours ?? theirs, kind))
  const [fault, setFault] = useState<string>()
  const mayWrite = kind !== "removed" || conflict.path.length > 0
  const way: Way | undefined = choice && ("value" in choice ? "own" : choice.take)
  const part = partOf(conflict)
  const title = part
    ? say("{part} of {name}", { part: `${part.charAt(0).toUpperCase()}${part.slice(1)}`, name })
    : `${name}: ${placeOf(conflict)}`

  const write = (text: string) => {
    setOwn(text)
    const value = readValue(text, kind)
    setFault(value === undefined ? say("This is no JSON yet: texts stand in quotes, names too.") : undefined)
    onChoose(value === undefined ? undefined : { token, value })
  }
  const take = (next: Way) => {
    if (next === "own") write(own)
    else {
      setFault(undefined)
      onChoose({ token, take: next })
    }
  }
  const chosen = part ? sourceWith(conflict, way) : way === "own" ? own : way && conflict[way]
  return (
    <fieldset className="rounded-control border border-line p-4">
      <legend className="px-1.5 font-medium text-14">{title}</legend>
      <div className="grid gap-3 md:grid-cols-2">
        {(["ours", "theirs"] as const).map((side) => (
          <Side
            key={side}
            conflict={conflict}
            side={side}
            title={title}
            chosen={way === side}
            group={group}
            onTake={() => take(side)}
          />
        ))}
      </div>
      {mayWrite ? (
        <label className="mt-3 flex items-center gap-2 text-13">
          <input
            type="radio"
            name={group}
            checked={way === "own"}
            onChange={() => take("own")}
            className="accent-accent"
          />
          {NAMES.own}
        </label>
      ) : null}
      {way === "own" || fault ? (
        <>
          <textarea
            aria-label={say("My own for {title}", { title })}
            value={own}
            spellCheck={false}
            onChange={(event) => write(event.target.value)}
            rows={Math.min(18, own.split("\n").length + 1)}
            className="mt-2 w-full rounded-control border border-line-strong bg-surface p-2 font-mono text-12 leading-5"
          />
          {fault ? <p className="text-12 text-wrong">{fault}</p> : null}
        </>
      ) : null}
      {kind === "source" && typeof chosen === "string" ? <Preview panel={conflict.id} source={chosen} /> : null}
    </fieldset>
  )
}

interface SideProps {
  readonly conflict: MergeConflict
  readonly side: "ours" | "theirs"
  /** What the conflict is about. */
  readonly title: string
  readonly chosen: boolean
  readonly group: string
  readonly onTake: () => void
}

function Side({ conflict, side, title, chosen, group, onTake }: SideProps) {
  const value = conflict[side]
  const source = conflict.kind === "source" && typeof value === "string"
  return (
    <div
      className={classNames(
        "min-w-0 rounded-control border p-2.5",
        chosen ? "border-accent bg-accent-soft" : "border-line",
      )}
    >
      <label className="flex items-center gap-2 font-medium text-13">
        <input type="radio" name={group} checked={chosen} onChange={onTake} className="accent-accent" />
        {NAMES[side]}
      </label>
      <div className="mt-2">
        {source ? (
          <SourceDiff
            title={say("Changed from what both began with")}
            name={say("{part} of {name}", { part: NAMES[side], name: title })}
            before={String(conflict.base ?? "")}
            after={value}
          />
        ) : value === undefined ? (
          <p className="text-13 text-soft">{say("Removed")}</p>
        ) : (
          <pre className="max-h-60 overflow-auto whitespace-pre-wrap font-mono text-12 [overflow-wrap:anywhere]">
            {textOf(value, conflict.kind)}
          </pre>
        )}
      </div>
    </div>
  )
}

/** A relation goes by both of its ends, which are ids. */
function relationName(ends: string, graph: Graph): string {
  const [from = "", word = "", to = ""] = ends.split(" ")
  const kind = RelationshipKind.safeParse(word)
  const nameOf = (id: string) => graph.entity(id)?.name ?? id
  return [nameOf(from), kind.success ? relationWord(kind.data) : word, nameOf(to)].join(" › ")
}

/** The panel as it would be, alive apart from the workspace. */
function Preview({ panel, source }: { readonly panel: string; readonly source: string }) {
  const { mirror } = useDesk()
  const now = mirror.graph.panel(panel)
  const shown = useMemo<PanelEntity | undefined>(
    () => now && { ...now, properties: { ...now.properties, source } },
    [now, source],
  )
  const live = usePreview(shown, mirror.graph)
  if (!live) return null
  return (
    <section aria-label={say("As it would be")} className="mt-3">
      <h4 className="mb-1.5 font-medium text-12 text-faint">{say("As it would be")}</h4>
      <div className="nx-sheet !h-auto max-h-72 overflow-auto p-4">
        <PanelView live={live} />
      </div>
    </section>
  )
}

/** The part of a source in which both changed the same, such as: handler `add`. */
function partOf({ kind, path: [, part] }: MergeConflict): string | undefined {
  if (kind !== "source" || typeof part !== "string") return undefined
  // Of the outermost element the name of the property is all that is said.
  return sayAgain(/^`[^`]+`$/.test(part) ? `property ${part}` : part).replaceAll("`", "")
}

/** The whole source, as far as it is known before all is answered. */
function sourceWith({ sources }: MergeConflict, way: Way | undefined): string | undefined {
  return way === undefined || way === "own" ? undefined : sources?.[way]
}

function textOf(value: Json | undefined, kind: MergeConflict["kind"]): string {
  if (kind === "source" && typeof value === "string") return value
  return value === undefined ? "" : JSON.stringify(value, undefined, 2)
}

function readValue(text: string, kind: MergeConflict["kind"]): Json | undefined {
  if (kind === "source") return text
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Where in the thing it is, in words. */
function placeOf({ path, kind }: MergeConflict): string {
  if (path.length === 0) return say("removed on one side, changed on the other")
  if (kind === "order") return say("order of {path}", { path: wordsOf(path) })
  return wordsOf(path)
}

/** What a thing has is said in words; what stands inside of that is somebody's own. */
function wordsOf(path: MergeConflict["path"]): string {
  return path
    .map((step, index) => (typeof step !== "string" ? `“${step.key}”` : (index === 0 && OF_THINGS[step]) || step))
    .join(" › ")
}

const OF_THINGS: Readonly<Record<string, string>> = {
  name: say("name"),
  source: say("the source"),
  position: say("where it stands"),
  size: say("how large it is"),
  state: say("what it keeps"),
  properties: say("properties"),
  scope: say("where it belongs"),
  kind: say("kind"),
}
