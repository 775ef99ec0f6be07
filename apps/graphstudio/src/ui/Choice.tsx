import { RadioGroup } from "radix-ui"
import { useId } from "react"

interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly hint?: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string; readonly lang?: string }[]
  readonly onChoose: (value: Value) => void
}

/** One of a few, all in sight: arrow keys move through them, the chosen one is marked by more than its colour. */
export function Choice<Value extends string>({ label, hint, value, options, onChoose }: ChoiceProps<Value>) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <h3 id={id} className="font-medium text-13">
        {label}
      </h3>
      <RadioGroup.Root
        aria-labelledby={id}
        {...(hint ? { "aria-describedby": `${id}-hint` } : {})}
        value={value}
        onValueChange={(chosen) => {
          const option = options.find((each) => each.value === chosen)
          if (option) onChoose(option.value)
        }}
        className="flex flex-wrap gap-2"
      >
        {options.map((option) => (
          <RadioGroup.Item
            key={option.value}
            value={option.value}
            lang={option.lang}
            className="inline-flex h-9 items-center gap-2 rounded-control border border-line-strong bg-surface px-3 text-13 hover:bg-hover data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft data-[state=checked]:font-medium data-[state=checked]:text-accent"
          >
            <span aria-hidden="true" className="grid size-3.5 place-items-center rounded-full border border-current">
              <RadioGroup.Indicator className="size-1.5 rounded-full bg-current" />
            </span>
            {option.label}
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
      {hint ? (
        <p id={`${id}-hint`} className="text-12 text-soft">
          {hint}
        </p>
      ) : null}
    </section>
  )
}
