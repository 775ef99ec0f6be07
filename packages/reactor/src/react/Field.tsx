import { type ReactNode, useContext } from "react"
import type { RootAttributes } from "./component.ts"
import { PaintingContext } from "./panel-context.ts"
import { word } from "./words.ts"

export interface FieldProps {
  readonly root: RootAttributes
  readonly id: string
  readonly label: string
  readonly failure: string | undefined
  readonly required?: boolean
  readonly children: ReactNode
}

/** An input with its label above and what went wrong below. */
export function Field({ root, id, label, failure, required, children }: FieldProps): ReactNode {
  return (
    <div {...root} className="nx-field">
      {label !== "" && (
        <label className="nx-label" htmlFor={id}>
          {label}
          {required && <span aria-hidden="true"> *</span>}
        </label>
      )}
      {children}
      <Problem id={`${id}-problem`} message={failure} />
    </div>
  )
}

/** What went wrong, under the component it happened at, and the way to the line it happened on. */
export function Problem({ id, message }: { readonly id?: string; readonly message: string | undefined }): ReactNode {
  const painting = useContext(PaintingContext)
  if (message === undefined) return null
  const way = painting?.live.wayTo(message)
  return (
    <div className="nx-problem" id={id} role="alert">
      {message}
      {way && (
        <>
          {" "}
          <button type="button" className="nx-link" onClick={way.open}>
            {word("Open line {line}", { line: way.line })}
          </button>
        </>
      )}
    </div>
  )
}
