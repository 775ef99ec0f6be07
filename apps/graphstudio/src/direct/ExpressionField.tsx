import type { PanelDocument } from "@nexus/reactor/language"
import { type KeyboardEvent, useId, useRef, useState } from "react"
import { classNames } from "../ui/class-names.ts"
import { say } from "../words/say.ts"
import { completeValue, type Offer } from "./complete-value.ts"
import { isExpression } from "./properties.ts"
import type { PropertyDraft } from "./use-property.ts"

interface ExpressionFieldProps {
  readonly id: string
  readonly document: PanelDocument
  readonly node: string
  readonly name: string
  readonly draft: PropertyDraft
  /** It is words for now, and nothing is worked out. */
  readonly plain: boolean
  readonly placeholder: string
  readonly invalid: boolean
  readonly describedBy: string | undefined
}

/** A value that is worked out, with what the language knows at the cursor one key away. */
export function ExpressionField({
  id,
  document,
  node,
  name,
  draft,
  plain,
  placeholder,
  invalid,
  describedBy,
}: ExpressionFieldProps) {
  const list = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [offers, setOffers] = useState<readonly Offer[]>([])
  const [at, setAt] = useState(0)
  const open = offers.length > 0
  const close = () => setOffers([])
  const look = (value: string, caret: number) => {
    setOffers(plain && !isExpression(value) ? [] : completeValue(document, node, name, value, caret))
    setAt(0)
  }
  const take = ({ from, to, insert }: Offer) => {
    const { current } = field
    if (!current) return
    const value = draft.value.slice(0, from) + insert + draft.value.slice(to)
    draft.type(value)
    close()
    requestAnimationFrame(() => current.setSelectionRange(from + insert.length, from + insert.length))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const chosen = offers[at]
    if (event.key === " " && event.ctrlKey) look(draft.value, event.currentTarget.selectionStart)
    else if (open && event.key === "ArrowDown") setAt((at + 1) % offers.length)
    else if (open && event.key === "ArrowUp") setAt((at + offers.length - 1) % offers.length)
    else if (chosen && (event.key === "Enter" || event.key === "Tab")) take(chosen)
    else if (open && event.key === "Escape") close()
    else if (event.key === "Enter" && !event.shiftKey) draft.take()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="relative">
      <textarea
        ref={field}
        id={id}
        rows={1}
        aria-haspopup="listbox"
        aria-controls={open ? list : undefined}
        aria-autocomplete="list"
        aria-activedescendant={open ? `${list}-${at}` : undefined}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        spellCheck={false}
        placeholder={placeholder}
        value={draft.value}
        onChange={({ currentTarget: { value, selectionStart } }) => {
          draft.type(value)
          look(value, selectionStart)
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          close()
          draft.settle()
        }}
        className={classNames(
          "field-sizing-content block max-h-40 min-h-8 w-full resize-none rounded-control border bg-surface px-2 placeholder:text-faint",
          plain ? "py-1 text-13" : "py-1.5 font-mono text-12 [font-variant-ligatures:none]",
          invalid ? "border-wrong" : "border-line-strong",
        )}
      />
      {open ? (
        <div
          id={list}
          role="listbox"
          aria-label={say("What can stand here")}
          className="nx-fade absolute inset-x-0 top-full z-10 mt-1 max-h-56 overflow-auto rounded-control border border-line bg-raised p-1 shadow-float"
        >
          {offers.map((offer, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
            <div
              key={`${offer.kind} ${offer.label}`}
              id={`${list}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              ref={(element) => {
                if (index === at) element?.scrollIntoView({ block: "nearest" })
              }}
              // The field keeps the focus.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(offer)}
              className={classNames(
                "flex cursor-default items-baseline gap-2 rounded-[6px] px-2 py-1 text-12",
                index === at && "bg-hover",
              )}
            >
              <span className="flex-none font-mono">{offer.label}</span>
              <span className="min-w-0 flex-1 truncate text-end text-faint">{offer.detail}</span>
            </div>
          ))}
        </div>
      ) : (
        <div id={list} hidden />
      )}
    </div>
  )
}
