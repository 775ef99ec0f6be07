import { useId } from "react"
import { Field } from "../ui/Field.tsx"
import { say } from "../words/say.ts"
import { Chosen } from "./Chosen.tsx"
import { type Choices, firstChart } from "./choices.ts"
import { COLUMN_TYPES, misfits } from "./column-type.ts"
import { DELIMITERS } from "./read-csv.ts"
import type { ReadTable } from "./read-table.ts"
import { CHART_KINDS, CHART_WAYS, type ChartChoice } from "./table-panel.ts"
import { DELIMITER_WORDS, KIND_WORDS, TYPE_WORDS, WAY_WORDS } from "./table-words.ts"
import type { HowToRead } from "./use-table.ts"

interface TableChoicesProps {
  readonly table: ReadTable
  readonly choices: Choices
  readonly onChoose: (choices: Choices) => void
  /** Reads the file anew, another way. */
  readonly onRead: (how: HowToRead) => void
}

/** How the file is read, what its columns are, and what the panel shows of them. */
export function TableChoices({ table, choices, onChoose, onRead }: TableChoicesProps) {
  const set = (part: Partial<Choices>) => onChoose({ ...choices, ...part })
  const taken = choices.columns.filter((column) => column.taken)
  const setChart = (part: Partial<ChartChoice>) => {
    if (choices.chart) set({ chart: { ...choices.chart, ...part } })
  }
  const { chart } = choices
  return (
    <div className="flex flex-col gap-5 p-4">
      <Field
        label={say("Title")}
        value={choices.title}
        maxLength={120}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      {table.kind === "csv" ? (
        <Part title={say("How it is read")}>
          <Chosen
            label={say("Between cells")}
            value={table.delimiter}
            options={DELIMITERS.map((sign) => ({ value: sign, label: DELIMITER_WORDS[sign] ?? sign }))}
            onChoose={(delimiter) => onRead({ delimiter, header: table.header })}
          />
          <Tick
            label={say("The first line has the names")}
            checked={table.header}
            onChange={(header) => onRead({ delimiter: table.delimiter, header })}
          />
        </Part>
      ) : null}
      <Part title={say("What it shows")}>
        <Tick label={say("A table")} checked={choices.table} onChange={(shown) => set({ table: shown })} />
        <Tick
          label={say("A chart")}
          checked={chart !== undefined}
          disabled={chart === undefined && firstChart(table, taken) === undefined}
          onChange={(shown) => set({ chart: shown ? firstChart(table, taken) : undefined })}
        />
        {chart ? (
          <>
            <Chosen
              label={say("Drawn as")}
              value={chart.kind}
              options={CHART_KINDS.map((kind) => ({ value: kind, label: KIND_WORDS[kind] }))}
              onChoose={(kind) => setChart({ kind })}
            />
            <Chosen
              label={say("Along the bottom")}
              value={chart.x}
              options={taken.map(({ name }) => ({ value: name, label: name }))}
              onChoose={(x) => setChart({ x })}
            />
            <Chosen
              label={say("Rows with the same")}
              value={chart.how}
              options={CHART_WAYS.map((way) => ({ value: way, label: WAY_WORDS[way] }))}
              onChoose={(how) => setChart({ how })}
            />
            <fieldset className="flex flex-col gap-1.5">
              <legend className="mb-1 text-12 text-soft">{say("Measured")}</legend>
              {taken
                .filter(({ type }) => type === "number")
                .map(({ name }) => (
                  <Tick
                    key={name}
                    label={name}
                    checked={chart.y.includes(name)}
                    disabled={chart.y.length === 1 && chart.y.includes(name)}
                    onChange={(on) => setChart({ y: on ? [...chart.y, name] : chart.y.filter((one) => one !== name) })}
                  />
                ))}
            </fieldset>
          </>
        ) : null}
      </Part>
      <Part title={say("Columns")}>
        <ul className="flex flex-col gap-2">
          {choices.columns.map((column) => {
            const wrong = misfits(
              table.rows.map((row) => row[column.index] ?? ""),
              column.type,
            ).length
            const change = (part: Partial<typeof column>) =>
              set({ columns: choices.columns.map((one) => (one === column ? { ...one, ...part } : one)) })
            return (
              <li key={column.index}>
                <div className="flex items-center gap-2">
                  <span className="min-w-0 flex-1">
                    <Tick
                      label={column.name}
                      checked={column.taken}
                      disabled={column.taken && taken.length === 1}
                      onChange={(on) => change({ taken: on })}
                    />
                  </span>
                  <select
                    aria-label={say("What {name} holds", { name: column.name })}
                    value={column.type}
                    onChange={({ currentTarget }) =>
                      change({ type: COLUMN_TYPES.find((type) => type === currentTarget.value) ?? "text" })
                    }
                    className="h-7 flex-none rounded-control border border-line bg-surface px-1.5 text-12"
                  >
                    {COLUMN_TYPES.map((type) => (
                      <option key={type} value={type}>
                        {TYPE_WORDS[type]}
                      </option>
                    ))}
                  </select>
                </div>
                {wrong > 0 ? (
                  <p className="mt-0.5 ms-6 text-12 text-careful">
                    {say(
                      "{count, plural, one {# cell does not fit and becomes empty} other {# cells do not fit and become empty}}",
                      {
                        count: wrong,
                      },
                    )}
                  </p>
                ) : null}
              </li>
            )
          })}
        </ul>
      </Part>
    </div>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2.5">
      <h3 id={id} className="font-medium text-13">
        {title}
      </h3>
      {children}
    </section>
  )
}

interface TickProps {
  readonly label: string
  readonly checked: boolean
  readonly disabled?: boolean
  readonly onChange: (checked: boolean) => void
}

function Tick({ label, checked, disabled, onChange }: TickProps) {
  return (
    <label className="flex min-w-0 items-center gap-2 text-13">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
        className="size-4 flex-none accent-(--nx-accent)"
      />
      <span className="truncate">{label}</span>
    </label>
  )
}
