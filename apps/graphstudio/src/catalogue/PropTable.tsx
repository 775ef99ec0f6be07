import type { ReactNode } from "react"
import { say } from "../words/say.ts"
import type { Entry, Prop } from "./catalogue.ts"
import { Said } from "./Said.tsx"

/** Every property, `bind` and event of a component, as rows. On a narrow screen each row folds into a block. */
export function PropTable({ entry }: { readonly entry: Entry }) {
  const { name, props, events, bind } = entry
  if (props.length + events.length === 0 && bind === undefined) {
    return <p className="text-13 text-soft">{say("It has no properties of its own.")}</p>
  }
  return (
    <table className="w-full border-collapse text-start text-13">
      <caption className="sr-only">{say("Properties and events of {name}", { name })}</caption>
      <thead className="max-sm:sr-only">
        <tr className="text-12 text-faint">
          <th scope="col" className="w-[22%] py-1.5 text-start pe-4 font-medium">
            {say("Name")}
          </th>
          <th scope="col" className="w-[26%] py-1.5 text-start pe-4 font-medium">
            {say("Type")}
          </th>
          <th scope="col" className="w-[12%] py-1.5 text-start pe-4 font-medium">
            {say("Default")}
          </th>
          <th scope="col" className="py-1.5 text-start font-medium">
            {say("What it does")}
          </th>
        </tr>
      </thead>
      <tbody>
        {bind === undefined ? null : (
          <Row name="bind" type={bind} initial={undefined}>
            <Said text={say("Two-way: the place it shows and writes, such as `$state.name`.")} />
          </Row>
        )}
        {props.map((prop) => (
          <PropRow key={prop.name} prop={prop} />
        ))}
        {events.map(([event, doc]) => (
          <Row key={event} name={event} type="event" initial={undefined}>
            <Said text={doc} />
          </Row>
        ))}
      </tbody>
    </table>
  )
}

function PropRow({ prop: { name, type, values, initial, required, doc } }: { readonly prop: Prop }) {
  return (
    <Row name={name} required={required} type={values.length > 0 ? <Values values={values} /> : type} initial={initial}>
      <Said text={doc} />
    </Row>
  )
}

/** So many values are shown at once; more of them open on demand. */
const SHOWN = 12

function Values({ values }: { readonly values: readonly string[] }) {
  if (values.length <= SHOWN) return <Chips values={values} />
  return (
    <>
      <Chips values={values.slice(0, SHOWN)} />
      <details className="mt-1">
        <summary className="cursor-default text-accent">
          {say("and {count} more", { count: values.length - SHOWN })}
        </summary>
        <div className="mt-1">
          <Chips values={values.slice(SHOWN)} />
        </div>
      </details>
    </>
  )
}

function Chips({ values }: { readonly values: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {values.map((value) => (
        <code
          key={value}
          className="rounded-[4px] border border-line bg-surface px-1 font-mono text-[11px] leading-[18px] text-ink"
        >
          {value}
        </code>
      ))}
    </span>
  )
}

interface RowProps {
  readonly name: string
  readonly required?: boolean
  readonly type: ReactNode
  readonly initial: string | undefined
  readonly children: ReactNode
}

function Row({ name, required = false, type, initial, children }: RowProps) {
  return (
    <tr className="border-line border-t align-top max-sm:grid max-sm:grid-cols-[auto_1fr] max-sm:gap-x-3 max-sm:gap-y-0.5 max-sm:py-2">
      <th scope="row" className="py-2 pe-4 text-start font-medium font-mono text-12 leading-5 max-sm:p-0">
        {name}
        {required ? <span className="ms-2 font-normal font-sans text-careful">{say("required")}</span> : null}
      </th>
      <td className="py-2 pe-4 text-12 leading-5 text-soft max-sm:p-0">{type}</td>
      <td className="py-2 pe-4 font-mono text-12 leading-5 text-soft max-sm:hidden">
        {initial === undefined || initial === "" ? <span className="text-faint">–</span> : initial}
      </td>
      <td className="py-2 leading-5 max-sm:col-span-2 max-sm:p-0">
        {children}
        {initial === undefined || initial === "" ? null : (
          <span className="hidden text-12 text-soft max-sm:block">{say("Default: {initial}", { initial })}</span>
        )}
      </td>
    </tr>
  )
}
