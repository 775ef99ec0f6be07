import type { ItemKey, StateEffect, Step } from "@nexus/protocol"
import { record } from "./outbox.ts"
import {
  expose,
  exposeGetter,
  freeze,
  GuestTypeError,
  hasOwn,
  isArray,
  keys,
  smaller,
  stringify,
} from "./primordials.ts"

/**
 * The panel's world as one turn sees it. When a run goes on after waiting, `$state` is the state of that moment. A
 * part of the old `$state` that the handler still holds stays readable as it was; a write to it is made again, by its
 * sealed path, on the state of now, and so recorded once and seen by later reads. Refusing such writes was the
 * alternative: `item.price = (await …).price` is ordinary code.
 */
declare const recordState: (
  state: object,
  onEffect: (effect: StateEffect) => void,
  onCopy: (value: object, copy: object, where: () => string) => void,
) => object

type Fields = { [name: string]: unknown }

export interface World {
  readonly state: object
  readonly computed: object
  readonly imports: object
  readonly nowMs: number
}

const world = {
  __proto__: null,
  turn: 0,
  state: undefined as unknown,
  computed: undefined as unknown,
  imports: undefined as unknown,
  frozen: false,
  nowMs: 0,
}

/** The first turn's state: its recorder is part of the image, so that a run only fills it. */
const firstState: Fields = {}
const first = recordState(firstState, (effect) => recordOf(1, effect), remember)

/** Steps into the world of a new turn. */
export function enterWorld(next: World): void {
  world.turn += 1
  const { turn } = world
  if (turn === 1) {
    fill(firstState, next.state as Fields)
    world.state = first
  } else world.state = recordState(next.state, (effect) => recordOf(turn, effect), remember)
  world.computed = next.computed
  world.imports = next.imports
  world.frozen = false
  world.nowMs = next.nowMs
}

interface Assigned {
  readonly value: object
  readonly text: string
  readonly where: string
}

const REMEMBERED = 100
const REMEMBERED_LENGTH = 20_000
const assigned: { [index: number]: Assigned } = { __proto__: null } as { [index: number]: Assigned }
let assignedCount = 0

/** `$state.items.push(item)` copies `item`; what is done to `item` afterwards would be lost without a word. */
function remember(value: object, copy: object, where: () => string): void {
  if (assignedCount >= REMEMBERED) return
  const text = stringify(copy)
  if (text.length > REMEMBERED_LENGTH) return
  assigned[assignedCount] = { value, text, where: where() }
  assignedCount += 1
}

/** Where an object was put into the state that was changed after that; asked when the run is over. */
export function changedAfterwards(): string {
  for (let index = 0; index < assignedCount; index += 1) {
    const { value, text, where } = assigned[index] as Assigned
    if (stringify(value) !== text) return where
  }
  return ""
}

function fill(state: Fields, from: Fields): void {
  const names = keys(from)
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index] as string
    if (name !== "__proto__") state[name] = from[name]
  }
}

function recordOf(turn: number, effect: StateEffect): void {
  if (turn === world.turn) record(stringify(effect))
  else writeAgain(effect)
}

function writeAgain(effect: StateEffect): void {
  let container = world.state
  const last = effect.kind === "state_splice" ? effect.path.length : effect.path.length - 1
  for (let depth = 0; depth < last; depth += 1) container = placed(container, effect.path[depth] as Step).value
  if (effect.kind === "state_splice") spliceAgain(container, effect)
  else {
    const { holder, place } = placed(container, effect.path[last] as Step)
    if (effect.kind === "state_set") holder[place] = effect.value
    else delete holder[place]
  }
}

function spliceAgain(list: unknown, effect: Extract<StateEffect, { kind: "state_splice" }>): void {
  if (!isArray(list)) throw gone()
  const first = effect.remove[0]
  let start = smaller(effect.index, list.length)
  if (first && "key" in first) start = indexOfKey(list, first.key)
  else if (!first && effect.after !== undefined) {
    const found = indexOfKey(list, effect.after)
    if (found >= 0) start = found + 1
  }
  if (start < 0) throw gone()
  list.splice(start, effect.remove.length, ...effect.insert)
}

function placed(container: unknown, step: Step): { holder: Fields; place: string | number; value: unknown } {
  if (typeof container !== "object" || container === null) throw gone()
  const holder = container as Fields
  if (typeof step === "string") return { holder, place: step, value: hasOwn(holder, step) ? holder[step] : undefined }
  if (!isArray(container)) throw gone()
  const place = "key" in step ? indexOfKey(container, step.key) : step.index
  if (place < 0 || place >= container.length) throw gone()
  return { holder, place, value: container[place] }
}

function indexOfKey(list: readonly unknown[], key: ItemKey): number {
  for (let index = 0; index < list.length; index += 1) {
    const item = list[index] as Fields | null
    if (typeof item === "object" && item !== null && hasOwn(item, "id") && item.id === key) return index
  }
  return -1
}

function gone(): TypeError {
  return new GuestTypeError("this part of $state changed while the handler waited; read it from $state again")
}

function frozen(value: unknown): void {
  if (typeof value !== "object" || value === null) return
  freeze(value)
  const names = keys(value)
  for (let index = 0; index < names.length; index += 1) frozen((value as Fields)[names[index] as string])
}

function readOnly(part: "computed" | "imports"): unknown {
  if (!world.frozen) {
    frozen(world.computed)
    frozen(world.imports)
    world.frozen = true
  }
  return world[part]
}

exposeGetter("$state", () => world.state)
expose("__nexus_state_get", () => world.state)
exposeGetter("$computed", () => readOnly("computed"))
exposeGetter("$imports", () => readOnly("imports"))
expose("$now", () => world.nowMs)
expose("__nexus_now", () => world.nowMs)
