import type { Entity, EntityKind } from "@nexus/protocol"
import { GraphDrawing, relationsOf } from "@nexus/reactor/graph"
import { Waypoints } from "lucide-react"
import { useMemo, useState, useSyncExternalStore } from "react"
import { Button } from "../ui/Button.tsx"
import { classNames } from "../ui/class-names.ts"
import { Drawer } from "../ui/Drawer.tsx"
import { Empty } from "../ui/Empty.tsx"
import { useDesk, useMayEdit } from "../workspace/desk-context.ts"
import { studio, useStudio } from "../workspace/studio.ts"
import { AddNote } from "./AddNote.tsx"
import { FoundList } from "./FoundList.tsx"
import { type Look, nameOf } from "./graph-view.ts"
import { FIRST_KINDS, KINDS } from "./kind-words.ts"
import { useGraphView } from "./use-graph-view.ts"
import "@nexus/reactor/panel.css"
import { say } from "../words/say.ts"

const CHIPS: readonly EntityKind[] = [...FIRST_KINDS, "capability", "component", "data", "resource", "constraint"]
const EVERYTHING: Look = { kinds: new Set(FIRST_KINDS), focus: undefined, depth: 1 }

/** Who reads and writes whom in this workspace, as a picture and as a list. */
export default function GraphDrawer() {
  const desk = useDesk()
  const editable = useMayEdit()
  const [look, setLook] = useState(EVERYTHING)
  const [asList, setAsList] = useState(false)
  const [text, setText] = useState("")
  const { data, entities } = useGraphView(look)
  const height = useSyncExternalStore(onResize, heightLeft)
  const relations = useMemo(() => relationsOf(data), [data])
  const selected = useStudio((state) => state.selection[0])
  const focused = look.focus === undefined ? undefined : desk.mirror.graph.entity(look.focus)
  const focus = (id: string | undefined) => setLook((before) => ({ ...before, focus: id }))

  const toggle = (kind: EntityKind) =>
    setLook((before) => ({ ...before, kinds: before.kinds.symmetricDifference(new Set([kind])) }))

  return (
    <Drawer
      title={say("Graph")}
      name="graph"
      side="left"
      initialWidth={560}
      onClose={() => studio.set({ drawer: undefined })}
      actions={
        <Button tone="quiet" aria-pressed={asList} onClick={() => setAsList(!asList)}>
          {asList ? say("As a picture") : say("As a list")}
        </Button>
      }
    >
      <div className="p-3 pb-2">
        <input
          type="search"
          aria-label={say("Search panels, states and concepts")}
          placeholder={say("Search panels, states, concepts…")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          className="h-9 w-full rounded-control border border-line-strong bg-surface px-3 text-14 placeholder:text-faint"
        />
      </div>
      <FoundList
        text={text}
        onPick={(id) => {
          setText("")
          focus(id)
        }}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame of its own */}
      <div role="group" aria-label={say("Kinds shown")} className="flex flex-wrap gap-1 px-3 pb-2">
        {CHIPS.map((kind) => (
          <button
            key={kind}
            type="button"
            aria-pressed={look.kinds.has(kind)}
            onClick={() => toggle(kind)}
            className={classNames(
              "rounded-full border px-2 py-0.5 text-12",
              look.kinds.has(kind)
                ? "border-accent bg-accent-soft text-accent"
                : "border-line text-soft hover:bg-hover",
            )}
          >
            {KINDS[kind].many}
          </button>
        ))}
      </div>
      {focused ? (
        <Focused
          entity={focused}
          depth={look.depth}
          onDepth={(depth) => setLook((before) => ({ ...before, depth }))}
          onLeave={() => focus(undefined)}
        />
      ) : null}
      {data.nodes.length === 0 ? (
        <Empty icon={<Waypoints size={24} />} title={say("Nothing to draw yet")}>
          {say("Panels show here with what they read and write, and so does what people note.")}
        </Empty>
      ) : asList ? (
        <ul aria-label={say("Everything and its relations")} className="px-3 pb-3">
          {data.nodes.map(({ id, label }) => (
            <li key={id} className="border-line border-b py-1.5 text-13">
              <button type="button" className="font-medium hover:underline" onClick={() => focus(id)}>
                {label}
              </button>
              <p className="text-12 text-soft">{relations.get(id)}</p>
            </li>
          ))}
        </ul>
      ) : (
        <div className="nx-panel mx-3 mb-3">
          <GraphDrawing
            data={data}
            relations={relations}
            direction="right"
            height={height}
            middle={look.focus ?? selected}
            label={say("Who reads and writes whom")}
            onSelect={({ id }) => focus(id)}
          />
        </div>
      )}
      {data.left > 0 ? (
        <p role="status" className="px-4 pb-3 text-12 text-soft">
          {say("Cut: there is more than {count}. Choose fewer kinds, or one thing to look at.", {
            count: entities.size,
          })}
        </p>
      ) : null}
      {editable ? <AddNote about={focused} onAdded={(id) => focus(focused ? focused.id : id)} /> : null}
    </Drawer>
  )
}

/** What the window leaves the picture, beside the search above it and the form for a note below. */
function heightLeft(): number {
  return Math.max(320, window.innerHeight - 360)
}

function onResize(told: () => void): () => void {
  window.addEventListener("resize", told)
  return () => window.removeEventListener("resize", told)
}

interface FocusedProps {
  readonly entity: Entity
  readonly depth: number
  readonly onDepth: (depth: number) => void
  readonly onLeave: () => void
}

/** What is in the middle, how far is looked from it, and the way to its panel. */
function Focused({ entity, depth, onDepth, onLeave }: FocusedProps) {
  const { mirror } = useDesk()
  const owner = mirror.graph.panel(entity.id) ?? mirror.graph.panel(entity.scope)
  return (
    <div className="mx-3 mb-2 flex flex-wrap items-center gap-2 rounded-control bg-sunken px-3 py-2 text-13">
      <span className="min-w-0 flex-1 truncate">
        <span className="text-soft">{KINDS[entity.kind].word}</span>{" "}
        <strong className="font-medium">{nameOf(mirror.graph, entity)}</strong>
      </span>
      <label className="flex items-center gap-1.5 text-12 text-soft">
        {say("Steps")}
        <select
          value={depth}
          onChange={(event) => onDepth(Number(event.currentTarget.value))}
          className="h-7 rounded-control border border-line bg-surface px-1"
        >
          {[1, 2, 3, 4].map((steps) => (
            <option key={steps}>{steps}</option>
          ))}
        </select>
      </label>
      {owner ? (
        <Button tone="quiet" onClick={() => studio.set({ selection: [owner.id], reveal: owner.id })}>
          {say("Go to the panel")}
        </Button>
      ) : null}
      <Button tone="quiet" onClick={onLeave}>
        {say("Show everything")}
      </Button>
    </div>
  )
}
