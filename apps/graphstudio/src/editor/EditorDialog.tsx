import { createId, type Diagnostic, type Panel } from "@nexus/protocol"
import { parsePanel } from "@nexus/reactor"
import { useEffect, useMemo, useRef, useState } from "react"
import { freePlace } from "../canvas/placement.ts"
import { sentence } from "../connect/sentence.ts"
import { confirm } from "../ui/ask.ts"
import { Button } from "../ui/Button.tsx"
import { Dialog } from "../ui/Dialog.tsx"
import { Keys } from "../ui/Keys.tsx"
import { Notice } from "../ui/Notice.tsx"
import { toast } from "../ui/toasts.ts"
import { useDesk, useMayEdit } from "../workspace/desk-context.ts"
import { newPanel } from "../workspace/panel-acts.ts"
import { type Editing, studio } from "../workspace/studio.ts"
import { useCanvasView } from "../workspace/use-canvas-view.ts"
import { CodeEditor, type CodeEditorHandle } from "./CodeEditor.tsx"
import { Findings } from "./Findings.tsx"
import { Preview } from "./Preview.tsx"
import { Starters } from "./Starters.tsx"
import { NEW_WIDTH, sheetSize } from "./sheet-size.ts"
import { STARTERS } from "./starters.ts"

interface Draft {
  readonly source: string
  readonly findings: readonly Diagnostic[]
  /** The last reading without an error. */
  readonly good: Panel | undefined
}

/** Source on the left, the same panel alive on the right; Save makes it one change. */
export default function EditorDialog({ editing }: { readonly editing: Editing }) {
  const desk = useDesk()
  const editable = useMayEdit()
  const view = useCanvasView()
  const entity = editing.kind === "panel" ? desk.mirror.graph.panel(editing.panel) : undefined
  const [start] = useState(() => entity?.properties.source ?? startSource(editing))
  const [draft, setDraft] = useState<Draft>(() => read(start, undefined))
  const [refused, setRefused] = useState<string>()
  const [saving, setSaving] = useState(false)
  const code = useRef<CodeEditorHandle>(null)
  const body = useRef<HTMLDivElement>(null)
  const line = editing.kind === "panel" ? editing.line : undefined
  const state = useMemo(() => entity?.properties.state ?? {}, [entity])

  useEffect(() => {
    if (line !== undefined) code.current?.goToLine(line)
  }, [line])

  const errors = draft.findings.filter(({ severity }) => severity === "error")
  const dirty = draft.source !== start
  const close = () => studio.set({ editing: undefined })

  const change = (source: string) => {
    setRefused(undefined)
    setDraft((before) => read(source, before.good))
  }

  const save = async () => {
    const now = parsePanel(draft.source)
    const [first] = now.diagnostics.filter(({ severity }) => severity === "error")
    if (!editable || saving) return
    if (first || !now.panel) {
      setRefused(first ? `Not saved yet: ${first.message}` : "Not saved yet: there is no panel in this text.")
      if (first) code.current?.goTo(first.range.offset)
      return
    }
    setSaving(true)
    const { title } = now.panel
    try {
      if (editing.kind === "panel") {
        const operation = {
          kind: "panel_source" as const,
          panel: editing.panel,
          source: draft.source,
          title,
          expect: start,
        }
        if (dirty) await desk.mirror.submit([operation], `edited ${title}`)
      } else {
        const id = createId("panel")
        const taken = [...desk.mirror.graph.panels()].map(({ properties }) => properties.frame)
        const frame = freePlace(taken, sheetSize(body.current), view())
        await desk.mirror.submit([newPanel(id, desk.workspace, draft.source, title, frame)], `added ${title}`)
        studio.set({ selection: [id], reveal: id })
      }
      close()
      toast({ tone: "good", title: `Saved ${title}` })
    } catch (error) {
      setRefused(sentence(error))
      setSaving(false)
    }
  }

  const mayClose = () => {
    if (!dirty || !editable) return true
    confirm({
      title: "Discard what you wrote?",
      text: "The panel on the canvas stays as it is.",
      action: "Discard",
      tone: "wrong",
    }).then((yes) => yes && close())
    return false
  }

  return (
    <Dialog
      size="wide"
      title={entity ? entity.properties.title : "New panel"}
      onClose={close}
      mayClose={mayClose}
      stayOnEscape={() => code.current?.closeCompletion() ?? false}
      actions={
        <>
          {editing.kind === "new" ? <Starters onPick={(source) => code.current?.replace(source)} /> : null}
          <div className="flex-1" />
          {editable ? (
            <>
              <Button tone="quiet" onClick={() => mayClose() && close()}>
                Cancel
              </Button>
              <Button tone="primary" onClick={save} disabled={saving}>
                Save <Keys shortcut="Mod+S" />
              </Button>
            </>
          ) : (
            <span className="text-13 text-soft">You can look, not change.</span>
          )}
        </>
      }
    >
      <div className="grid h-full grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)] max-md:grid-cols-1 max-md:grid-rows-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-h-0 flex-col border-line border-r max-md:border-r-0 max-md:border-b">
          <div className="min-h-0 flex-1">
            <CodeEditor
              ref={code}
              initial={start}
              readOnly={!editable}
              onChange={change}
              onFindings={(findings) => setDraft((before) => ({ ...before, findings }))}
              onSave={save}
            />
          </div>
          {refused ? (
            <Notice tone="wrong" className="m-3">
              {refused}
            </Notice>
          ) : null}
          <div className="flex-none border-line border-t bg-sunken">
            <Findings
              findings={draft.findings}
              onGo={({ range }) => code.current?.goTo(range.offset)}
              onFix={editable ? (finding) => code.current?.fix(finding) : undefined}
            />
          </div>
        </div>
        <div className="min-h-0 overflow-auto">
          {draft.good ? (
            <Preview
              panel={draft.good}
              state={state}
              width={entity?.properties.frame.w ?? NEW_WIDTH}
              stale={errors.length > 0}
              measure={(element) => {
                body.current = element
              }}
            />
          ) : (
            <p className="p-8 text-center text-13 text-soft">The panel comes alive here as soon as the text works.</p>
          )}
        </div>
      </div>
    </Dialog>
  )
}

function startSource(editing: Editing): string {
  return (editing.kind === "new" && editing.source) || STARTERS[0]?.source || ""
}

function read(source: string, good: Panel | undefined): Draft {
  const { panel, diagnostics } = parsePanel(source)
  const works = panel !== undefined && diagnostics.every(({ severity }) => severity !== "error")
  return { source, findings: diagnostics, good: works ? panel : good }
}
