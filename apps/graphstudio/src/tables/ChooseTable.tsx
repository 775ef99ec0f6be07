import { FileSpreadsheet } from "lucide-react"
import { type DragEvent, useRef, useState } from "react"
import { Button } from "../ui/Button.tsx"
import { classNames } from "../ui/class-names.ts"
import { say } from "../words/say.ts"

/** A file from the disk, one that is dropped, or lines that are pasted. */
export function ChooseTable({ onFile }: { readonly onFile: (file: File) => void }) {
  const chooser = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [pasted, setPasted] = useState("")
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file) onFile(file)
  }
  return (
    <div className="mx-auto flex w-full max-w-[560px] flex-col gap-6 p-6 sm:py-12">
      <section
        aria-label={say("Choose a file")}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={classNames(
          "flex flex-col items-center gap-3 rounded-sheet border-2 border-dashed px-6 py-10 text-center transition-colors",
          over ? "border-accent bg-accent-soft" : "border-line-strong bg-sunken",
        )}
      >
        <FileSpreadsheet size={28} className="text-accent" />
        <p className="font-medium text-14">{say("Drop a CSV or JSON file here")}</p>
        <p className="text-13 text-soft">
          {say("It is read in this browser. Only what you take of it goes into the workspace.")}
        </p>
        <input
          ref={chooser}
          type="file"
          accept=".csv,.tsv,.tab,.txt,.json,.jsonl,.ndjson,text/csv,application/json"
          aria-label={say("CSV or JSON file")}
          className="sr-only"
          tabIndex={-1}
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? []
            currentTarget.value = ""
            if (file) onFile(file)
          }}
        />
        <Button tone="primary" onClick={() => chooser.current?.click()}>
          {say("Choose a file")}
        </Button>
      </section>
      <form
        aria-label={say("Paste lines")}
        className="flex flex-col gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (pasted.trim()) onFile(new File([pasted], say("Pasted table")))
        }}
      >
        <label className="flex flex-col gap-1 font-medium text-13">
          {say("Or paste lines from a spreadsheet")}
          <textarea
            rows={5}
            value={pasted}
            onChange={(event) => setPasted(event.currentTarget.value)}
            spellCheck={false}
            className="resize-y rounded-control border border-line-strong bg-surface px-3 py-2 font-mono font-normal text-13"
          />
        </label>
        <Button type="submit" className="self-end" disabled={pasted.trim() === ""}>
          {say("Read them")}
        </Button>
      </form>
    </div>
  )
}
