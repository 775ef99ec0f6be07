import {
  type Import,
  isArray,
  isJson,
  isJsonObject,
  type Json,
  keyOf,
  type Operation,
  type Panel,
  type PanelEntity,
  type State,
  type StatePath,
} from "@nexus/protocol"
import { type LivePanel, useValue } from "@nexus/reactor/react"
import { Database } from "lucide-react"
import { type ReactNode, useCallback, useState } from "react"
import { livePanel, readPanel } from "../canvas/live-panels.ts"
import { Empty } from "../ui/Empty.tsx"
import { toast } from "../ui/toasts.ts"
import { say, sayFor } from "../words/say.ts"
import { useDesk, usePanel, usePanelLevel } from "../workspace/desk-context.ts"
import { ComputedValues } from "./ComputedValues.tsx"
import { EditValue } from "./EditValue.tsx"
import { TYPE_WORDS } from "./type-words.ts"
import { Value } from "./Value.tsx"

/** Every value a panel knows, as it is now: to be searched, changed, found in the text and asked why. */
export function Values({ id }: { readonly id: string }) {
  const desk = useDesk()
  const entity = usePanel(id)
  const [search, setSearch] = useState("")
  const panel = entity && readPanel(entity.properties.source)
  if (!panel) return null
  const live = livePanel(desk, entity)
  const all = panel.states.length + panel.computed.length + panel.imports.length
  if (all === 0) {
    return (
      <Empty icon={<Database size={24} />} title={say("It knows nothing yet")}>
        {say("Declare a State or a Computed in its Data, and it appears here.")}
      </Empty>
    )
  }
  const wanted = search.trim().toLowerCase()
  const means = (name: string) => name.toLowerCase().includes(wanted)
  const states = panel.states.filter((state) => means(state.name) || means(state.description))
  const computed = panel.computed.filter(({ name }) => means(name))
  const imports = panel.imports.filter((one) => means(one.as) || means(one.panel))
  return (
    <div className="flex flex-col gap-4 py-3">
      {all > SEARCHED_FROM ? (
        <input
          type="search"
          aria-label={say("Search values")}
          placeholder={say("Search values")}
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
          className="mx-4 h-7 rounded-control border border-line bg-surface px-2 text-12 placeholder:text-faint"
        />
      ) : null}
      {states.length + computed.length + imports.length === 0 ? (
        <p className="px-4 text-12 text-soft">{say("No value is called that.")}</p>
      ) : null}
      <States title={say("State")} entity={entity} states={states.filter(({ scope }) => scope === "document")} />
      {live ? <OwnStates live={live} states={states.filter(({ scope }) => scope === "session")} /> : null}
      {live && computed.length > 0 ? (
        <Group title={say("Computed")}>
          <ComputedValues
            live={live}
            only={computed}
            whyOf={(name) => ({ panel: id, label: name, computed: true, paths: readsOf(panel, name) })}
          />
        </Group>
      ) : null}
      {live && imports.length > 0 ? (
        <Group title={say("From other panels")}>
          {imports.map((one) => (
            <Imported key={one.as} live={live} imported={one} />
          ))}
        </Group>
      ) : null}
      <Grants entity={entity} />
    </div>
  )
}

/** Fewer are seen at a glance. */
const SEARCHED_FROM = 6

interface StatesProps {
  readonly title: string
  readonly entity: PanelEntity
  readonly states: readonly State[]
}

/** What everybody shares; a value that is set here is a change like any other. */
function States({ title, entity, states }: StatesProps) {
  const desk = useDesk()
  const { id } = entity
  const editable = usePanelLevel(id) === "change"
  if (states.length === 0) return null
  const set = async (name: string, value: Json) => {
    const operation: Operation = { kind: "state_set", panel: id, path: [name], value }
    if (!(await desk.submit([operation], `set ${name}`))) return
    toast({ title: say("Set {name}", { name }), action: { label: say("Undo"), run: () => desk.undo() } })
  }
  return (
    <Group title={title}>
      {states.map(({ name, type, initial, secret }) => {
        const value = entity.properties.state[name] ?? initial
        return (
          <Value
            key={name}
            label={name}
            note={secret ? say("{type}, secret", { type: TYPE_WORDS[type] }) : TYPE_WORDS[type]}
            value={secret ? undefined : value}
            used={{ panel: id, kind: "State" }}
            why={{ panel: id, label: name, paths: [[name]] }}
            edit={
              editable
                ? (close) => (
                    <EditValue
                      name={name}
                      type={type}
                      value={secret ? initial : value}
                      onSet={(next) => set(name, next)}
                      onClose={close}
                    />
                  )
                : undefined
            }
          >
            <Items panel={id} name={name} value={secret ? null : value} />
          </Value>
        )
      })}
    </Group>
  )
}

/** What only this person has: nobody else sees it, and nothing of it is kept. */
function OwnStates({ live, states }: { readonly live: LivePanel; readonly states: readonly State[] }) {
  if (states.length === 0) return null
  return (
    <Group title={say("Yours alone")}>
      {states.map((state) => (
        <OwnState key={state.name} live={live} state={state} />
      ))}
    </Group>
  )
}

function OwnState({ live, state: { name, type, initial } }: { readonly live: LivePanel; readonly state: State }) {
  const value = useValue(useCallback(() => readNow(live, "$state", name), [live, name]))
  return (
    <Value
      label={name}
      note={TYPE_WORDS[type]}
      value={value}
      used={{ panel: live.id, kind: "State" }}
      edit={(close) => (
        <EditValue
          name={name}
          type={type}
          value={value ?? initial}
          onSet={(next) => live.mirror.session(live.id).merge({ [name]: next })}
          onClose={close}
        />
      )}
    />
  )
}

function Imported({ live, imported }: { readonly live: LivePanel; readonly imported: Import }) {
  const { as, panel, name } = imported
  const value = useValue(useCallback(() => readNow(live, "$imports", as), [live, as]))
  return (
    <Value
      label={as}
      note={say("{name} of {panel}", { name, panel })}
      value={value}
      used={{ panel: live.id, kind: "Import" }}
    />
  )
}

/** A value as the panel's own expressions see it; `undefined` where it cannot be worked out now. */
function readNow(live: LivePanel, root: "$state" | "$imports", name: string): Json | undefined {
  try {
    const names: unknown = live.root.scope[root]
    const value: unknown = typeof names === "object" && names !== null ? Reflect.get(names, name) : undefined
    return isJson(value) ? value : undefined
  } catch {
    return undefined
  }
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
      <summary className="cursor-default text-12 text-accent">{say("Each item")}</summary>
      <ul className="mt-1 border-line border-s ps-2">
        {keyed.slice(0, ITEMS_SHOWN).map(({ key, item }) => (
          <Value
            key={key}
            label={itemName(item, key)}
            note=""
            value={item}
            why={{
              panel,
              label: say("{item} in {name}", { item: itemName(item, key), name }),
              paths: [[name, { key }]],
            }}
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
    <Group title={say("Granted")}>
      {grants.map((grant) => (
        <li key={grant} className="flex items-baseline gap-2 px-4 py-1 hover:bg-hover">
          <span className="min-w-0 flex-1 font-mono text-12 text-soft [overflow-wrap:anywhere]">{grant}</span>
          {editable ? (
            <button
              type="button"
              aria-label={say("Take back {grant}", { grant })}
              onClick={() => takeBack(grant)}
              className="flex-none rounded-[5px] px-1.5 font-medium text-12 text-accent hover:bg-accent-soft"
            >
              {sayFor("a right", "Take back")}
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
