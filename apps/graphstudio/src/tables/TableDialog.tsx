import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react"
import { addPanel } from "../gallery/add-panel.ts"
import { LiveSheet } from "../gallery/LiveSheet.tsx"
import { Button } from "../ui/Button.tsx"
import { Dialog } from "../ui/Dialog.tsx"
import { Notice } from "../ui/Notice.tsx"
import { say } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { studio, type TableStart } from "../workspace/studio.ts"
import { useCanvasView } from "../workspace/use-canvas-view.ts"
import { ChooseTable } from "./ChooseTable.tsx"
import { type Choices, firstChoices } from "./choices.ts"
import { ReadingTable } from "./ReadingTable.tsx"
import type { ReadTable } from "./read-table.ts"
import { TableChoices } from "./TableChoices.tsx"
import { TableProblems } from "./TableProblems.tsx"
import { toRows, toTablePanel } from "./table-panel.ts"
import { useTable } from "./use-table.ts"

/** The rows that a preview shows; the panel gets all of them. */
const PREVIEWED = 200
const SHEET = { w: 560, h: 560 }

/** A file becomes a panel: read, looked at, corrected, and then a table, a chart or both at once. */
export default function TableDialog({ start }: { readonly start: TableStart }) {
  const desk = useDesk()
  const view = useCanvasView()
  const { reading, read, forget } = useTable(start.kind === "file" ? start.file : undefined)
  const [chosen, setChosen] = useState<{ readonly table: ReadTable; readonly choices: Choices }>()
  const [adding, setAdding] = useState(false)
  const body = useRef<HTMLDivElement>(null)
  const table = reading?.table
  const file = reading?.file.name ?? ""
  const choices = useMemo(() => {
    if (!table) return undefined
    return chosen?.table === table ? chosen.choices : firstChoices(file, table)
  }, [table, chosen, file])
  const close = () => studio.set({ table: undefined })

  const taken = useMemo(() => choices?.columns.filter((column) => column.taken) ?? [], [choices])
  const source = useMemo(() => choices && toTablePanel({ ...choices, file, columns: taken }), [choices, file, taken])
  const shown = useDeferredValue(source)
  const sample = useMemo(() => ({ rows: table ? toRows(table, taken, PREVIEWED) : [] }), [table, taken])
  const sampled = useDeferredValue(sample)
  const rows = useMemo(() => (table ? toRows(table, taken) : []), [table, taken])
  const left = (table?.total ?? 0) - rows.length

  // The table that was corrected goes on from the title that was given before.
  useEffect(() => {
    if (!table) return
    setChosen((before) => {
      if (!before || before.table === table) return before
      return { table, choices: { ...firstChoices(file, table), title: before.choices.title } }
    })
  }, [table, file])

  const add = async () => {
    if (!source || !choices) return
    setAdding(true)
    const height = body.current?.scrollHeight ?? 0
    const size = { w: SHEET.w, h: Math.min(SHEET.h, Math.max(240, Math.ceil((height + 64) / 8) * 8)) }
    const near = start.kind === "file" && start.at ? start.at : view()
    const title = choices.title.trim() || file
    if (await addPanel(desk, { source, title, size, state: { rows }, near })) close()
    else setAdding(false)
  }

  return (
    <Dialog
      size="wide"
      title={say("New panel from a file")}
      onClose={close}
      actions={
        choices ? (
          <>
            <Button tone="quiet" onClick={forget}>
              {say("Another file")}
            </Button>
            <div className="flex-1" />
            <Button
              tone="primary"
              disabled={adding || (!choices.table && !choices.chart) || choices.title.trim() === ""}
              onClick={add}
            >
              {say("{count, plural, one {Add the panel with # row} other {Add the panel with # rows}}", {
                count: rows.length,
              })}
            </Button>
          </>
        ) : undefined
      }
    >
      {reading?.failed ? (
        <div className="mx-auto max-w-[560px] px-6 pt-6">
          <Notice tone="wrong">{reading.failed}</Notice>
        </div>
      ) : null}
      {!reading || reading.failed ? (
        <ChooseTable onFile={read} />
      ) : table && choices ? (
        <div className="grid h-full grid-cols-[340px_minmax(0,1fr)] max-md:grid-cols-1">
          <div className="min-h-0 overflow-auto border-line border-e max-md:border-e-0 max-md:border-b">
            <TableChoices
              table={table}
              choices={choices}
              onChoose={(next) => setChosen({ table, choices: next })}
              onRead={(how) => {
                setChosen({ table, choices })
                read(reading.file, how)
              }}
            />
          </div>
          <div className="min-h-0 overflow-auto bg-bg p-5">
            <TableProblems table={table} left={left} taken={rows.length} />
            <section
              aria-label={say("Preview")}
              className="nx-sheet !h-auto mx-auto max-w-full p-4"
              style={{ width: SHEET.w }}
            >
              <h3 className="mb-2 truncate font-medium text-13">{choices.title}</h3>
              <div ref={body} className="min-w-0">
                <LiveSheet source={shown} state={sampled} />
              </div>
            </section>
          </div>
        </div>
      ) : (
        <ReadingTable file={reading.file} share={reading.share ?? 0} onStop={forget} />
      )}
    </Dialog>
  )
}
