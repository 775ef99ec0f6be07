import { createId, type Diagnostic, type Panel, type PanelEntity } from "@nexus/protocol"
import { type SharedText, textDifference, toText } from "@nexus/reactor/text"
import { PencilRuler } from "lucide-react"
import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from "react"
import { freePlace } from "../canvas/placement.ts"
import { refusal, sentence } from "../connect/sentence.ts"
import type { Crumb, Reading } from "../language/messages.ts"
import { confirm } from "../ui/ask.ts"
import { Button } from "../ui/Button.tsx"
import { Dialog } from "../ui/Dialog.tsx"
import { Keys } from "../ui/Keys.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { toast } from "../ui/toasts.ts"
import { say, sayAgain } from "../words/say.ts"
import { useDesk, useMayEdit, usePanelLevel, usePanelPart } from "../workspace/desk-context.ts"
import { newPanel } from "../workspace/panel-acts.ts"
import { type Editing, type Place, studio } from "../workspace/studio.ts"
import { useCanvasView } from "../workspace/use-canvas-view.ts"
import { CodeEditor, type CodeEditorHandle } from "./CodeEditor.tsx"
import { Crumbs } from "./Crumbs.tsx"
import { Findings } from "./Findings.tsx"
import type { Use } from "./nxml-go.ts"
import { Preview } from "./Preview.tsx"
import { Starters } from "./Starters.tsx"
import { attendSharedText, openSharedText } from "./shared-texts.ts"
import { NEW_WIDTH, sheetSize } from "./sheet-size.ts"
import { STARTERS } from "./starters.ts"
import { surroundingsOf } from "./surroundings.ts"
import { Uses } from "./Uses.tsx"
import { useGoodPanel } from "./use-good-panel.ts"
import { useSharedText } from "./use-shared-text.ts"
import { WritingState } from "./WritingState.tsx"

const NOWHERE: Place = {}
const isThere = (panel: PanelEntity | undefined) => panel !== undefined

/** Source on the left, the same panel alive on the right; Save makes it one change. */
export default function EditorDialog({ editing }: { readonly editing: Editing }) {
  const desk = useDesk()
  const edited = editing.kind === "panel" ? editing.panel : ""
  const mayEdit = useMayEdit()
  const level = usePanelLevel(edited)
  const editable = editing.kind === "panel" ? level === "change" : mayEdit
  const view = useCanvasView()
  const there = usePanelPart(edited, isThere)
  const entity = there ? desk.mirror.graph.panel(edited) : undefined
  const [was] = useState(entity?.properties)
  const [start] = useState(() => entity?.properties.source ?? startSource(editing))
  const [shared] = useState(() => entity && openSharedText(desk, entity.id, start))
  const standing = useSharedText(shared)
  /** Somebody removed the panel: what is written here can still become one. */
  const gone = shared !== undefined && entity === undefined
  const [around] = useState(() => surroundingsOf(desk.mirror.graph, entity?.id))
  const [reading, setReading] = useState<Reading>()
  const [crumbs, setCrumbs] = useState<readonly Crumb[]>([])
  const [found, setFound] = useState<{ readonly name: string; readonly uses: readonly Use[] }>()
  const [refused, setRefused] = useState<string>()
  const [saving, setSaving] = useState(false)
  const code = useRef<CodeEditorHandle>(null)
  const body = useRef<HTMLDivElement>(null)
  const { good, offer, painted } = useGoodPanel(code)
  const state = useMemo(() => entity?.properties.state ?? {}, [entity])
  const findings = reading?.diagnostics ?? []
  const errors = useMemo(() => errorsOf(reading), [reading])

  useEffect(() => shared && attendSharedText(desk, shared), [desk, shared])

  const close = () => studio.set({ editing: undefined })
  const goToFinding = useCallback(({ range }: Diagnostic) => code.current?.goTo(range.offset), [])
  const measure = useCallback((element: HTMLDivElement | null) => {
    body.current = element
  }, [])

  const hear = (read: Reading) => {
    offer(read)
    // Every key makes a new reading; most of them say what the one before said.
    startTransition(() => setReading((before) => (before && sayNothing(before, read) ? before : read)))
  }

  const hearCrumbs = (path: readonly Crumb[]) =>
    startTransition(() => setCrumbs((before) => (samePath(before, path) ? before : path)))

  const save = async () => {
    const { current } = code
    if (!editable || saving || !current) return
    const source = current.text()
    const [now, panel] = await Promise.all([current.reading(), current.panel()])
    // Somebody who types on while it is checked saves what they will have typed.
    if (!now) return
    const [first] = errorsOf(now)
    if (first || !panel) {
      setRefused(
        first
          ? say("Not saved yet: {message}", { message: sayAgain(first.message) })
          : say("Not saved yet: there is no panel in this text."),
      )
      if (first) goToFinding(first)
      return
    }
    setSaving(true)
    try {
      if (shared && !gone && !shared.live) {
        close()
        toast({
          title: say("Kept {title} here", { title: panel.title }),
          detail: say("It is saved when the connection is back."),
        })
        return
      }
      await (shared && !gone ? shared.save() : add(source, panel))
      if (gone) shared.settled()
      close()
      toast({ tone: "good", title: say("Saved {title}", { title: panel.title }) })
    } catch (error) {
      setRefused(sentence(error))
      setSaving(false)
    }
  }

  const add = async (source: string, { title }: Panel) => {
    const id = createId("panel")
    const taken = [...desk.mirror.graph.panels()].map(({ properties }) => properties.frame)
    const frame = was?.frame ?? freePlace(taken, sheetSize(body.current), view())
    await desk.mirror.submit([newPanel(id, desk.workspace, source, title, frame)], `added ${title}`)
    studio.set({ selection: [id], reveal: id })
  }

  const mayClose = () => {
    const untouched = shared ? shared.document.saved : (code.current?.text() ?? start) === start
    // While somebody else has it open, what is written stays with them.
    if (!editable || untouched || (shared && shared.others.length > 0)) return true
    confirm({
      title: say("Discard what you wrote?"),
      text: say("The panel on the canvas stays as it is."),
      action: say("Discard"),
      tone: "wrong",
    }).then((yes) => {
      if (!yes) return
      if (shared) discard(shared)
      close()
    })
    return false
  }

  /** The component that the cursor stands in, chosen where it stands. */
  const showOnPanel = async () => {
    const text = code.current?.text()
    const at = crumbs.at(-1)
    if (!entity || text === undefined || !mayClose()) return
    const { nodeAt, PanelDocument } = await import("@nexus/reactor/language")
    close()
    studio.direct(entity.id, at && nodeAt(new PanelDocument(text), at.offset + 1), text)
  }

  return (
    <Dialog
      size="wide"
      title={(entity?.properties ?? was)?.title ?? say("New panel")}
      onClose={close}
      mayClose={mayClose}
      stayOnEscape={() => code.current?.closePopups() ?? false}
      actions={
        <>
          {editing.kind === "new" ? (
            <Starters onPick={(source) => code.current?.replace(source)} mayLeave={mayClose} />
          ) : null}
          {standing && !gone ? <WritingState standing={standing} broken={errors.length > 0} /> : null}
          {entity ? (
            <Button tone="quiet" icon={<PencilRuler size={14} />} onClick={showOnPanel}>
              {say("Show on the panel")}
            </Button>
          ) : null}
          <div className="flex-1" />
          {editable ? (
            <>
              <Button tone="quiet" onClick={() => mayClose() && close()}>
                {say("Cancel")}
              </Button>
              <Button tone="primary" onClick={save} disabled={saving}>
                {say("Save")} <Keys shortcut="Mod+S" />
              </Button>
            </>
          ) : (
            <span className="text-13 text-soft">{say("You can look, not change.")}</span>
          )}
        </>
      }
    >
      <div className="grid h-full grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)] max-md:grid-cols-1 max-md:grid-rows-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-h-0 flex-col border-line border-e max-md:border-e-0 max-md:border-b">
          <Crumbs path={crumbs} onGo={(offset) => code.current?.goTo(offset)} />
          <div className="min-h-0 flex-1 [contain:strict]">
            <CodeEditor
              ref={code}
              initial={start}
              shared={shared}
              around={around}
              readOnly={!editable}
              place={editing.kind === "panel" ? editing : NOWHERE}
              onChange={() => setRefused(undefined)}
              onReading={hear}
              onCrumbs={hearCrumbs}
              onUses={(name, uses) => setFound({ name, uses })}
              onSave={save}
            />
          </div>
          {gone ? (
            <Notice tone="careful" className="m-3">
              {say("Somebody removed this panel. What you write is kept; saving makes it a panel again.")}
            </Notice>
          ) : null}
          {refused || (standing?.failure && !gone) ? (
            <Notice tone="wrong" className="m-3">
              {refused ?? (standing?.failure && refusal(standing.failure))}
            </Notice>
          ) : null}
          <div className="flex-none border-line border-t bg-sunken">
            {found ? (
              <Uses
                name={found.name}
                uses={found.uses}
                onGo={({ offset, length }) => code.current?.goTo(offset, length)}
                onClose={() => setFound(undefined)}
              />
            ) : (
              <Findings
                reading={reading !== undefined}
                findings={findings}
                onGo={goToFinding}
                onFix={editable ? (finding) => code.current?.fix(finding) : undefined}
              />
            )}
          </div>
        </div>
        {/* Strictly contained: however large the panel, typing beside it lays out nothing of it. */}
        <div className="min-h-0 overflow-auto [contain:strict]">
          {good ? (
            <Preview
              panel={good}
              id={entity?.id}
              within={desk.mirror.graph}
              state={state}
              width={entity?.properties.frame.w ?? NEW_WIDTH}
              errors={errors}
              onGo={goToFinding}
              measure={measure}
              onPainted={painted}
            />
          ) : errors.length > 0 ? (
            <p className="p-8 text-center text-13 text-soft">
              {say("The panel comes alive here as soon as the text works.")}
            </p>
          ) : (
            <Skeleton lines={5} label={say("Loading the preview")} />
          )}
        </div>
      </div>
    </Dialog>
  )
}

/** Back to what is saved, as an edit like every other. */
function discard({ document }: SharedText): void {
  document.edit(textDifference(document.toString(), toText(document.base)))
}

function startSource(editing: Editing): string {
  return (editing.kind === "new" && editing.source) || STARTERS[0]?.source || ""
}

function sayNothing(...readings: readonly Reading[]): boolean {
  return readings.every(({ works, diagnostics }) => works && diagnostics.length === 0)
}

function samePath(a: readonly Crumb[], b: readonly Crumb[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ name, offset }, index) => name === b[index]?.name && offset === b[index]?.offset)
  )
}

function errorsOf(reading: Reading | undefined): readonly Diagnostic[] {
  return reading?.diagnostics.filter(({ severity }) => severity === "error") ?? []
}
