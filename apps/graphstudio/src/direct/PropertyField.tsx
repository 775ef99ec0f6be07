import type { PanelDocument } from "@nexus/reactor/language"
import { Braces } from "lucide-react"
import { useId, useState } from "react"
import { classNames } from "../ui/class-names.ts"
import { Tip } from "../ui/Tip.tsx"
import { sayDeclared } from "../words/declared.ts"
import { say, sayAgain } from "../words/say.ts"
import { ExpressionField } from "./ExpressionField.tsx"
import { isExpression, type Property, toExpression, toLiteral } from "./properties.ts"
import type { DirectActs } from "./use-direct-acts.ts"
import { type PropertyDraft, useProperty } from "./use-property.ts"

interface PropertyFieldProps {
  readonly document: PanelDocument
  readonly node: string
  readonly property: Property
  readonly acts: DirectActs
  readonly readOnly: boolean
}

const LONG_CHOICE = 24
const FIELD =
  "h-8 w-full rounded-control border bg-surface px-2 text-13 placeholder:text-faint disabled:opacity-60 focus-visible:outline-offset-0"

/** One property: its control by its type, whether it is worked out, and what is wrong with it. */
export function PropertyField({ document, node, property, acts, readOnly }: PropertyFieldProps) {
  const { name, kind, doc, required, written, findings } = property
  const id = useId()
  const draft = useProperty(property, {
    begun: useState(() => acts.begun.of(document, node, name))[0],
    keep: (value) => acts.begun.keep(document, node, name, value),
    set: (value) => acts.set(document, node, name, value),
  })
  const [asked, setAsked] = useState(false)
  const always = kind === "expression" || kind === "place" || kind === "statements"
  const long = kind === "choice" && property.values.length > LONG_CHOICE
  // Words may hold an expression anywhere, so their field is the same one before and after the first brace.
  const worked = always || kind === "text" || long || asked || isExpression(draft.value)
  const missing = required && written === undefined && draft.value === ""
  const [finding] = findings
  const waiting = draft.begun ? say("You began this, and it is not in the text. Enter writes it.") : undefined
  const wrong =
    draft.refused ?? waiting ?? (finding && sayAgain(finding.message)) ?? (missing ? say("It is needed.") : undefined)
  const severe = draft.refused !== undefined || missing || finding?.severity === "error"
  const describedBy = wrong ? `${id}-wrong` : undefined

  const toggle = () => {
    if (!isExpression(draft.value)) {
      setAsked(true)
      if (draft.value !== "") draft.type(toExpression(kind, draft.value))
      return
    }
    setAsked(false)
    const literal = toLiteral(draft.value) ?? (required ? (property.initial ?? FIRST[kind]) : undefined)
    draft.choose(literal)
  }

  const wide = kind === "statements"
  return (
    <div className="group/property px-4 py-1">
      <div
        className={classNames("grid items-start gap-x-2", wide ? "grid-cols-1" : "grid-cols-[84px_minmax(0,1fr)_20px]")}
      >
        <span className="flex min-h-8 min-w-0 items-center gap-0.5">
          <Tip label={sayDeclared(doc) || name} side="left">
            <label htmlFor={id} translate="no" className="min-w-0 truncate text-12 text-soft">
              {name}
            </label>
          </Tip>
          {required ? (
            <span aria-hidden="true" className="text-12 text-faint">
              *
            </span>
          ) : null}
        </span>
        {readOnly ? (
          <output id={id} className="block py-2 font-mono text-12 [overflow-wrap:anywhere]">
            {written ?? property.initial ?? "–"}
          </output>
        ) : worked ? (
          <ExpressionField
            id={id}
            document={document}
            node={node}
            name={name}
            draft={draft}
            plain={kind === "text" && !isExpression(draft.value)}
            placeholder={PLACEHOLDERS[kind] ?? property.initial ?? (kind === "text" ? "" : "{…}")}
            invalid={severe}
            describedBy={describedBy}
          />
        ) : (
          <PlainControl id={id} property={property} draft={draft} invalid={severe} describedBy={describedBy} />
        )}
        {always || readOnly ? null : (
          <button
            type="button"
            aria-pressed={isExpression(draft.value) || asked}
            aria-label={say("Work out {name}", { name })}
            title={say("Work it out from values")}
            onClick={toggle}
            className="mt-1.5 inline-flex size-5 items-center justify-center rounded-[5px] text-faint opacity-0 hover:bg-hover hover:text-ink focus-visible:opacity-100 group-focus-within/property:opacity-100 group-hover/property:opacity-100 aria-pressed:bg-accent-soft aria-pressed:text-accent aria-pressed:opacity-100"
          >
            <Braces size={12} />
          </button>
        )}
      </div>
      {wrong ? (
        <p
          id={`${id}-wrong`}
          role={draft.refused ? "alert" : undefined}
          className={classNames("mt-1 text-12 [overflow-wrap:anywhere]", severe ? "text-wrong" : "text-careful")}
        >
          {wrong}
        </p>
      ) : null}
      {draft.refused || draft.begun ? (
        <button type="button" onClick={draft.drop} className="mt-0.5 text-12 text-accent hover:underline">
          {say("Back to what is written")}
        </button>
      ) : null}
    </div>
  )
}

const FIRST: Partial<Record<Property["kind"], string>> = { number: "0", "yes-no": "false", text: say("Text") }
const PLACEHOLDERS: Partial<Record<Property["kind"], string>> = {
  place: "$state.…",
  statements: "$state.… = …",
  expression: "{$state.…}",
}

interface PlainControlProps {
  readonly id: string
  readonly property: Property
  readonly draft: PropertyDraft
  readonly invalid: boolean
  readonly describedBy: string | undefined
}

function PlainControl({ id, property, draft, invalid, describedBy }: PlainControlProps) {
  const { kind, initial, values, required } = property
  const common = {
    id,
    "aria-invalid": invalid || undefined,
    "aria-describedby": describedBy,
    className: classNames(FIELD, invalid ? "border-wrong" : "border-line-strong"),
  }
  if (kind === "yes-no" || kind === "choice") {
    const choices = kind === "choice" ? values : ["true", "false"]
    const label = (value: string) => (kind === "choice" ? value : value === "true" ? say("Yes") : say("No"))
    return (
      <select {...common} value={draft.value} onChange={({ currentTarget }) => draft.choose(currentTarget.value)}>
        {required && draft.value !== "" ? null : (
          <option value="">{initial === undefined ? "–" : say("{value} (usual)", { value: label(initial) })}</option>
        )}
        {draft.value === "" || choices.includes(draft.value) ? null : <option>{draft.value}</option>}
        {choices.map((value) => (
          <option key={value} value={value}>
            {label(value)}
          </option>
        ))}
      </select>
    )
  }
  return (
    <input
      {...common}
      type={kind === "number" ? "number" : "text"}
      step="any"
      placeholder={initial ?? ""}
      value={draft.value}
      onChange={({ currentTarget }) => draft.type(currentTarget.value)}
      onBlur={draft.settle}
      onKeyDown={(event) => event.key === "Enter" && draft.take()}
    />
  )
}
