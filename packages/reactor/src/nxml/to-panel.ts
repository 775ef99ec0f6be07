import { type ComponentDeclaration, type Diagnostic, elements, type Panel } from "@nexus/protocol"
import { readPanelsByParser } from "../store/panel-reader.ts"
import { checkAttributes } from "./check/attributes.ts"
import { checkCycles, checkSelfImport } from "./check/cycles.ts"
import { Names } from "./check/names.ts"
import { checkPlaces, checkStrayText, isHalfWritten } from "./check/places.ts"
import { checkTypes } from "./check/types.ts"
import { checkUnused } from "./check/unused.ts"
import { attributeOf, type XmlElement } from "./document.ts"
import { parseDocument } from "./grammar.ts"
import { didYouMean } from "./nearest.ts"
import { Problems } from "./problems.ts"
import { readComputed, readImport, readState } from "./read-data.ts"
import { readLogic } from "./read-logic.ts"
import { readView } from "./read-view.ts"
import { type Components, componentsWith, type PanelOptions } from "./vocabulary.ts"

export const MAX_SOURCE = 1024 * 1024

/** What reading a source gives: the panel as far as it could be read, and everything that is wrong with it. */
export interface ParsedPanel {
  /** Absent only when there is no root element or the source is too large. */
  readonly panel?: Panel
  /** In document order; errors and warnings. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads and checks one NXML source. Never throws: whatever the text, the answer is the panel as far as it goes and every
 * mistake in it.
 */
export function parsePanel(source: string, options: PanelOptions = {}): ParsedPanel {
  const problems = new Problems(source)
  if (source.length > MAX_SOURCE) {
    problems.add("too-large", 0, 1, `The source has ${source.length} characters; at most ${MAX_SOURCE} are read`, {
      hint: "Split the panel, or keep data in State instead of in the source.",
    })
    return { diagnostics: problems.list() }
  }
  const components = componentsWith(options.components)
  const { root } = parseDocument(source, problems, components)
  if (root === undefined) return { diagnostics: problems.list() }
  const panel = readPanel(root, problems, components, options.component)
  return { panel, diagnostics: problems.list() }
}

readPanelsByParser((source, options) => parsePanel(source, options).panel)

function readPanel(
  root: XmlElement,
  problems: Problems,
  components: Components,
  component: ComponentDeclaration | undefined,
): Panel {
  checkRoot(root, problems)
  const names = new Names(root, problems, components)
  names.incomplete = problems.size > 0
  const rooms = roomsOf(root, problems)
  if (component !== undefined) {
    names.events = Object.keys(component.events)
    refuseRooms([...rooms.Data, ...rooms.Logic], problems)
  }
  const data = rooms.Data.flatMap((room) => checkPlaces(room, problems))
  const logic = rooms.Logic.flatMap((room) => checkPlaces(room, problems))
  names.declared = new Set([...data, ...logic])
  declare(data, logic, names)
  const states = data.filter(({ name }) => name === "State").map((element) => readState(element, names))
  const imports = data.filter(({ name }) => name === "Import").map((element) => readImport(element, names))
  const computed = data.filter(({ name }) => name === "Computed").map((element) => readComputed(element, names))
  const { capabilities, handlers, tools, lifecycles } = readLogic(logic, names)
  const view = readView(rooms.View, names, component)
  const title = attributeOf(root, "title")?.value ?? ""
  checkCycles(computed, names)
  checkSelfImport(title, names)
  const whole = root.name === "NexusPanel" && (root.closeStart >= 0 || root.selfClosing)
  if (whole && rooms.View.length === 0 && !names.isElement("View"))
    problems.add("missing-element", root.offset, root.name.length + 1, `<${root.name}> has no <View>`, {
      hint: "Add <View>…</View> with what the panel shows.",
      ...(root.closeStart < 0
        ? {}
        : { fix: { text: "<View>\n</View>\n", label: "Add a View", offset: root.closeStart, length: 0 } }),
    })
  checkUnused(states, handlers, names)
  const panel: Panel = {
    title,
    version: attributeOf(root, "version")?.value ?? "",
    description: attributeOf(root, "description")?.value ?? "",
    states,
    computed,
    imports,
    capabilities,
    handlers,
    tools,
    lifecycles,
    view,
  }
  checkTypes(panel, names)
  return panel
}

/** A component's own document is a View alone: what it knows is given to it. */
function refuseRooms(rooms: readonly XmlElement[], problems: Problems): void {
  for (const { name, offset } of rooms)
    problems.add("unknown-element", offset, name.length + 1, `<${name}> does not stand in a component`, {
      hint: "A component sees its props and fires its events; keep state in the panel that uses it.",
    })
}

function checkRoot(root: XmlElement, problems: Problems): void {
  if (root.name !== "NexusPanel")
    problems.add(
      "unknown-element",
      root.offset,
      root.name.length + 1,
      `The root element is <${root.name}>, not <NexusPanel>`,
      {
        hint: "A document is one <NexusPanel>.",
      },
    )
  else checkAttributes(root, problems)
}

type RoomName = "Data" | "Logic" | "View"

/** The rooms of the panel; a second room of one name is told and read all the same. */
function roomsOf(root: XmlElement, problems: Problems): { readonly [room in RoomName]: readonly XmlElement[] } {
  const rooms: { readonly [room in RoomName]: XmlElement[] } = { Data: [], Logic: [], View: [] }
  checkStrayText(root, problems)
  for (const child of root.children) {
    if (child.kind !== "element") continue
    if (child.name === "Data" || child.name === "Logic" || child.name === "View") {
      const room = rooms[child.name]
      checkAttributes(child, problems)
      if (room.length > 0)
        problems.add("duplicate-name", child.offset, child.name.length + 1, `There is a second <${child.name}>`, {
          hint: `Move its content into the first <${child.name}>.`,
        })
      room.push(child)
      continue
    }
    if (isHalfWritten(child)) continue
    const room = elements.get(child.name)?.parents[0]
    problems.add(
      "unknown-element",
      child.offset,
      child.name.length + 1,
      `<${child.name}> does not stand in <${root.name}>`,
      {
        hint: room === undefined ? "A panel holds Data, Logic and View." : `It stands in ${room}.`,
        ...didYouMean(child.name, Object.keys(rooms)),
      },
    )
  }
  return rooms
}

/** Gathers every declared name, and tells those that are declared twice. */
function declare(data: readonly XmlElement[], logic: readonly XmlElement[], names: Names): void {
  for (const element of [...data, ...logic]) {
    const given =
      element.name === "Import"
        ? (attributeOf(element, "as") ?? attributeOf(element, "name"))
        : attributeOf(element, "name")
    const known =
      element.name === "State"
        ? names.states
        : element.name === "Computed"
          ? names.computed
          : element.name === "Import"
            ? names.imports
            : element.name === "Handler"
              ? names.handlers
              : element.name === "Tool"
                ? names.tools
                : undefined
    if (known === undefined) continue
    if (given === undefined) names.nameless = true
    else if (!known.has(given.value)) known.set(given.value, element)
    else
      names.problems.add(
        "duplicate-name",
        given.valueStart,
        given.value.length,
        `There is ${element.name === "Import" ? "an" : "a"} ${element.name} "${given.value}" already`,
        {
          hint: "Give it another name.",
        },
      )
  }
}
