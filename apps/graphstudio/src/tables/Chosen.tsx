interface ChosenProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly onChoose: (value: Value) => void
}

/** One of several, in a line with its label. */
export function Chosen<Value extends string>({ label, value, options, onChoose }: ChosenProps<Value>) {
  return (
    <label className="flex items-center justify-between gap-3 text-13 text-soft">
      {label}
      <select
        value={value}
        onChange={({ currentTarget }) => {
          const option = options.find((one) => one.value === currentTarget.value)
          if (option) onChoose(option.value)
        }}
        className="h-8 min-w-0 max-w-44 rounded-control border border-line bg-surface px-2 text-13 text-ink"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  )
}
