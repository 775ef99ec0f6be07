import { createId, type Entity, type Operation, RelationshipKind } from "@nexus/protocol"
import { type FormEvent, useState } from "react"
import { Button } from "../ui/Button.tsx"
import { Field } from "../ui/Field.tsx"
import { say } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { nameOf } from "./graph-view.ts"
import { NOTE_RELATIONS, relationWord } from "./kind-words.ts"

interface AddNoteProps {
  /** What the note is about; absent: it stands by itself. */
  readonly about: Entity | undefined
  readonly onAdded: (id: string) => void
}

const SELECT = "h-9 min-w-0 rounded-control border border-line-strong bg-surface px-2 text-13"

/** A concept or a milestone, and how it is related to what is looked at: one change, taken back like any other. */
export function AddNote({ about, onAdded }: AddNoteProps) {
  const desk = useDesk()
  const [sure, setSure] = useState(100)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const given = new FormData(form)
    const name = String(given.get("name") ?? "").trim()
    const kind = given.get("kind") === "milestone" ? "milestone" : "concept"
    if (!name) return
    const id = createId(kind)
    const entity = { id, kind, name, properties: {}, scope: desk.workspace } as const
    const operations: Operation[] = [{ kind: "entity_add", entity }]
    const relation = RelationshipKind.safeParse(given.get("relation"))
    if (about && relation.success) {
      const properties = { confidence: sure / 100 }
      const relationship = { from: id, kind: relation.data, to: about.id, properties }
      operations.push({ kind: "relationship_add", relationship })
    }
    if (!(await desk.submit(operations, `noted ${name}`))) return
    form.reset()
    onAdded(id)
  }
  return (
    <form onSubmit={submit} aria-label={say("Add a note")} className="flex flex-col gap-3 border-line border-t p-3">
      <div className="flex items-end gap-2">
        <label className="flex min-w-0 flex-1 flex-col gap-1">
          <span className="font-medium text-13">{say("Kind of note")}</span>
          <select name="kind" className={SELECT}>
            <option value="concept">{say("Concept")}</option>
            <option value="milestone">{say("Milestone")}</option>
          </select>
        </label>
        <Field label={say("Name")} name="name" required maxLength={200} className="min-w-0 flex-[2]" />
        {about ? null : (
          <Button type="submit" className="h-9">
            {say("Add")}
          </Button>
        )}
      </div>
      {about ? (
        <div className="flex flex-wrap items-center gap-2 text-13">
          <select name="relation" aria-label={say("How it is related")} className={`${SELECT} flex-1`}>
            {NOTE_RELATIONS.map((kind) => (
              <option key={kind} value={kind}>
                {relationWord(kind)}
              </option>
            ))}
          </select>
          <span className="min-w-0 flex-1 truncate text-soft">{nameOf(desk.mirror.graph, about)}</span>
          <label className="flex w-full items-center gap-2 text-12 text-soft">
            {say("How sure")}
            <input
              type="range"
              min={10}
              max={100}
              step={10}
              value={sure}
              onChange={(event) => setSure(Number(event.currentTarget.value))}
              className="flex-1"
            />
            <output className="tabular w-10 text-end">{sure} %</output>
          </label>
        </div>
      ) : null}
      {about ? (
        <Button type="submit" className="self-start">
          {say("Add and relate")}
        </Button>
      ) : null}
    </form>
  )
}
