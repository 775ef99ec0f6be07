import { isArray, isJsonObject, type Json, keyOf, type Panel, type PanelEntity, type StatePath } from "@nexus/protocol"
import { Database } from "lucide-react"
import type { ReactNode } from "react"
import { livePanel, readPanel } from "../canvas/live-panels.ts"
import { Empty } from "../ui/Empty.tsx"
import { useDesk, usePanel, usePanelLevel } from "../workspace/desk-context.ts"
import { ComputedValues } from "./ComputedValues.tsx"
import { Value } from "./Value.tsx"

/** Every state and computed value of a panel as it is now; each can be asked why. */
export function Values({ id }: { readonly id: string }) {
  const desk = useDesk()
  const entity = usePanel(id)
  const panel = entity && readPanel(entity.properties.source)
  if (!panel) return null
  const shared = panel.states.filter(({ scope }) => scope === "document")
  const live = livePanel(desk, entity)
  if (panel.states.length + panel.computed.length === 0) {
    return (
      <Empty icon={<Database size={24} />} title="It knows nothing yet">
        Declare a State or a Computed in its Data, and it appears here.
      </Empty>
    )
  }
  return (
    <div className="flex flex-col gap-4 py-3">
      {shared.length > 0 ? (
        <Group title="State">
          {shared.map(({ name, type, initial }) => {
            const value = entity.properties.state[name] ?? initial
            return (
              <Value
                key={name}
                label={name}
                note={type}
                value={value}
                why={{ panel: id, label: name, paths: [[name]] }}
              >
                <Items panel={id} name={name} value={value} />
              </Value>
            )
          })}
        </Group>
      ) : null}
      {live && panel.computed.length > 0 ? (
        <Group title="Computed">
          <ComputedValues
            live={live}
            whyOf={(name) => ({ panel: id, label: name, computed: true, paths: readsOf(panel, name) })}
          />
        </Group>
      ) : null}
      <Grants entity={entity} />
    </div>
  )
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="px-4 pb-1 font-medium text-12 text-faint">{title}</h3>
      <ul>{children}</ul>
    </section>
  )
}

const ITEMS_SHOWN = 50

/** The items of a list that can be named by their key, each to be asked about alone. */
function Items({ panel, name, value }: { readonly panel: string; readonly name: string; readonly value: Json }) {
  if (!isArray(value)) return null
  const keyed = value.flatMap((item) => {
    const key = keyOf(item)
    return key === undefined ? [] : [{ key, item }]
  })
  if (keyed.length === 0) return null
  return (
    <details className="mt-1">
      <summary className="cursor-default text-12 text-accent">Each item</summary>
      <ul className="mt-1 border-line border-s ps-2">
        {keyed.slice(0, ITEMS_SHOWN).map(({ key, item }) => (
          <Value
            key={key}
            label={itemName(item, key)}
            note=""
            value={item}
            why={{ panel, label: `${itemName(item, key)} in ${name}`, paths: [[name, { key }]] }}
          />
        ))}
      </ul>
    </details>
  )
}

/** What people call an item; its key where it has no name. */
function itemName(item: Json, key: string | number): string {
  const name = isJsonObject(item) ? [item.title, item.name, item.label].find((text) => typeof text === "string") : ""
  return typeof name === "string" && name !== "" ? name : String(key)
}

function Grants({ entity }: { readonly entity: PanelEntity }) {
  const desk = useDesk()
  const editable = usePanelLevel(entity.id) === "change"
  const { grants, title } = entity.properties
  if (grants.length === 0) return null
  const takeBack = (grant: string) =>
    desk.submit([{ kind: "panel_grant", panel: entity.id, grant, granted: false }], `took ${grant} back from ${title}`)
  return (
    <Group title="Granted">
      {grants.map((grant) => (
        <li key={grant} className="flex items-baseline gap-2 px-4 py-1 hover:bg-hover">
          <span className="min-w-0 flex-1 font-mono text-12 text-soft [overflow-wrap:anywhere]">{grant}</span>
          {editable ? (
            <button
              type="button"
              aria-label={`Take back ${grant}`}
              onClick={() => takeBack(grant)}
              className="flex-none rounded-[5px] px-1.5 font-medium text-12 text-accent hover:bg-accent-soft"
            >
              Take back
            </button>
          ) : null}
        </li>
      ))}
    </Group>
  )
}

/** The states a computed value reads, through other computed values too. */
function readsOf(panel: Panel, name: string): StatePath[] {
  const states = new Set<string>()
  const seen = new Set<string>()
  const walk = (computed: string) => {
    if (seen.has(computed)) return
    seen.add(computed)
    for (const { root, name: read } of panel.computed.find((one) => one.name === computed)?.value.references ?? []) {
      if (root === "$state") states.add(read)
      else if (root === "$computed") walk(read)
    }
  }
  walk(name)
  return [...states].map((state) => [state])
}
