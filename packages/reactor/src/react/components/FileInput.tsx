import type { Json } from "@nexus/protocol"
import { type DragEvent, type ReactNode, useId, useRef, useState } from "react"
import { isWorkspaceFile, type WorkspaceFile } from "../../store/workspace-files.ts"
import type { ComponentProps } from "../component.ts"
import { Problem } from "../Field.tsx"
import { refuseFile, sizeInWords } from "../file/accept.ts"
import { useUploads } from "../file/use-uploads.ts"
import { usePanel } from "../panel-context.ts"
import { SaveFile } from "../SaveFile.tsx"
import { useBound } from "../use-bound.ts"
import { word } from "../words.ts"

const MEGABYTE = 1024 * 1024

/** Takes files into the workspace. What is bound is a note of each; the bytes travel beside the graph. */
export function FileInput(component: ComponentProps): ReactNode {
  const { props, root } = component
  const id = useId()
  const { files, writable } = usePanel()
  const bound = useBound(component)
  const uploads = useUploads(files)
  const input = useRef<HTMLInputElement>(null)
  const [problems, setProblems] = useState<readonly string[]>([])
  const [news, setNews] = useState("")
  const [over, setOver] = useState(false)

  const label = props.text("label")
  const accept = props.text("accept")
  const multiple = props.flag("multiple")
  const kept = filesIn(bound.value)
  // Several uploads may end between two paintings.
  const latest = useRef(kept)
  latest.current = kept
  const maxBytes = Math.min((props.number("max") ?? Number.POSITIVE_INFINITY) * MEGABYTE, files?.maxBytes ?? MEGABYTE)
  const off = props.flag("disabled") || !files || !writable
  const reason = files
    ? writable
      ? undefined
      : word("You can look at this workspace, not change it.")
    : word("Files are taken in the studio, where a workspace keeps them")

  const put = (next: readonly WorkspaceFile[]) => {
    latest.current = next
    const notes: Json[] = next.map(({ id: of, name, type, size }) => ({ id: of, name, type, size }))
    bound.write(multiple ? notes : (notes.at(-1) ?? null))
  }
  const take = (chosen: readonly File[]) => {
    const refused: string[] = []
    setProblems([])
    for (const file of multiple ? chosen : chosen.slice(0, 1)) {
      const refusal = refuseFile(file, accept, maxBytes)
      if (refusal !== undefined) refused.push(refusal)
      else
        uploads.start(
          file,
          (stored) => {
            put(multiple ? [...latest.current, stored] : [stored])
            setNews(word("{name} is in the workspace.", { name: stored.name }))
          },
          (message) =>
            setProblems((all) => [...all, word('"{name}" was not kept. {why}', { name: file.name, why: message })]),
        )
    }
    setProblems(refused)
  }
  const drag = (event: DragEvent, entered: boolean) => {
    event.preventDefault()
    setOver(entered && !off)
  }
  const words = word(multiple ? "Choose files" : "Choose a file")
  const hint = [
    reason ?? word(multiple ? "or drop them here" : "or drop it here"),
    ...(accept === "" ? [] : [accept.replaceAll(",", ", ")]),
    ...(files && Number.isFinite(maxBytes) ? [word("up to {size}", { size: sizeInWords(maxBytes) })] : []),
  ].join(" · ")
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset with a legend cannot be laid out as a field
    <div {...root} className="nx-field nx-file" role="group" aria-labelledby={label === "" ? undefined : `${id}-label`}>
      {label !== "" && (
        <span className="nx-label" id={`${id}-label`}>
          {label}
          {props.flag("required") && <span aria-hidden="true"> *</span>}
        </span>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is beside the button, which does the same */}
      <div
        className="nx-file-drop"
        data-over={over || undefined}
        data-off={off || undefined}
        onDragEnter={(event) => drag(event, true)}
        onDragOver={(event) => drag(event, true)}
        onDragLeave={(event) => drag(event, false)}
        onDrop={(event) => {
          drag(event, false)
          if (!off) take([...event.dataTransfer.files])
        }}
      >
        <input
          ref={input}
          type="file"
          className="nx-hidden"
          tabIndex={-1}
          aria-hidden="true"
          accept={accept || undefined}
          multiple={multiple}
          required={props.flag("required") && kept.length === 0}
          disabled={off}
          onChange={({ target }) => {
            take([...(target.files ?? [])])
            target.value = ""
          }}
        />
        <button
          type="button"
          className="nx-button"
          disabled={off}
          aria-describedby={`${id}-hint`}
          onClick={() => input.current?.click()}
        >
          {words}
        </button>
        <span className="nx-file-hint" id={`${id}-hint`}>
          {hint}
        </span>
      </div>
      {(kept.length > 0 || uploads.waiting.length > 0) && (
        <ul className="nx-file-list" aria-label={label || word("Files")}>
          {kept.map((file, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same file may be in the list twice
            <li key={`${file.id} ${index}`}>
              <SaveFile id={file.id} name={file.name} label={file.name} />
              <span className="nx-number">{sizeInWords(file.size)}</span>
              <button
                type="button"
                className="nx-file-out"
                aria-label={word("Take {name} out", { name: file.name })}
                disabled={off}
                onClick={() => {
                  put(kept.filter((_, at) => at !== index))
                  setNews(word("{name} was taken out.", { name: file.name }))
                }}
              >
                <Cross />
              </button>
            </li>
          ))}
          {uploads.waiting.map(({ key, name, share }) => (
            <li key={`upload ${key}`} aria-busy="true">
              <span className="nx-file-name">{name}</span>
              <progress value={share} max={1} aria-label={word("Sending {name}", { name })} />
              <span className="nx-number">{Math.floor(share * 100)}%</span>
              <button
                type="button"
                className="nx-file-out"
                aria-label={word("Stop sending {name}", { name })}
                onClick={() => uploads.cancel(key)}
              >
                <Cross />
              </button>
            </li>
          ))}
        </ul>
      )}
      <span className="nx-hidden" role="status">
        {news}
      </span>
      <Problem message={problems.length > 0 ? problems.join(" ") : bound.failure} />
    </div>
  )
}

/** The notes in a value: one, a list, or none. */
function filesIn(value: unknown): readonly WorkspaceFile[] {
  return (Array.isArray(value) ? value : [value]).filter(isWorkspaceFile)
}

function Cross(): ReactNode {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d="M4.5 4.5l7 7m0-7l-7 7" fill="none" stroke="currentcolor" strokeWidth="1.5" strokeLinecap="round" />
    </svg>
  )
}
