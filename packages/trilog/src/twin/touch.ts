import { isArray, type Json, keyOf, type Operation, type StatePath, type Step, stepOf } from "@nexus/protocol"

/**
 * Did an operation touch a place in a panel's state? Where the operation alone can say, it says "yes" or "no". Where it
 * depends on what was there (a whole list written over, an item reached by a bare index) it says "maybe", and the
 * caller compares the value before and after.
 */
export function touches(operation: Operation, panel: string, path: StatePath): "yes" | "no" | "maybe" {
  switch (operation.kind) {
    case "entity_add":
      return operation.entity.id === panel ? "maybe" : "no"
    case "entity_remove":
      return "maybe"
    case "state_set":
    case "state_unset":
      return operation.panel === panel ? written(operation.path, path) : "no"
    case "state_splice":
      return operation.panel === panel ? spliced(operation.path, operation.remove, operation.insert, path) : "no"
    default:
      return "no"
  }
}

/** `path` with every list item it passes named by its stable key, where it has one in `state`. */
export function keyedPath(state: Json, path: StatePath): StatePath {
  const keyed: Step[] = []
  let value: Json | undefined = state
  for (const step of path) {
    if (isArray(value) && typeof step === "object" && "index" in step) keyed.push(stepOf(value, step.index))
    else if (isArray(value) && typeof step === "string" && /^\d+$/.test(step)) keyed.push(stepOf(value, Number(step)))
    else keyed.push(step)
    value = valueAt(value, keyed[keyed.length - 1])
  }
  return keyed
}

function valueAt(value: Json | undefined, step: Step | undefined): Json | undefined {
  if (value === undefined || value === null || typeof value !== "object" || step === undefined) return undefined
  if (typeof step === "string") return isArray(value) || !Object.hasOwn(value, step) ? undefined : value[step]
  if (!isArray(value)) return undefined
  return "key" in step ? value.find((item) => keyOf(item) === step.key) : value[step.index]
}

/** A write at `at` reaches `path` when one leads to the other; above it, the value may have stayed the same. */
function written(at: StatePath, path: StatePath): "yes" | "no" | "maybe" {
  const common = Math.min(at.length, path.length)
  let certain = true
  for (let index = 0; index < common; index += 1) {
    const same = sameStep(at[index], path[index])
    if (same === "no") return "no"
    if (same === "maybe") certain = false
  }
  return certain && at.length >= path.length ? "yes" : "maybe"
}

function spliced(
  list: StatePath,
  remove: readonly ({ key: string | number } | { value: Json })[],
  insert: readonly Json[],
  path: StatePath,
): "yes" | "no" | "maybe" {
  const reached = written(list, path)
  if (reached !== "maybe" || list.length >= path.length) return reached
  const item = path[list.length]
  if (typeof item !== "object" || !("key" in item)) return "maybe"
  const moved = insert.some((value) => keyOf(value) === item.key)
  const taken = remove.some((match) => ("key" in match ? match.key : keyOf(match.value)) === item.key)
  if (moved !== taken) return list.every((step, index) => sameStep(step, path[index]) === "yes") ? "yes" : "maybe"
  return moved ? "maybe" : "no"
}

function sameStep(a: Step | undefined, b: Step | undefined): "yes" | "no" | "maybe" {
  if (a === undefined || b === undefined) return "no"
  if (typeof a === "string" || typeof b === "string") return a === b ? "yes" : "no"
  if ("key" in a && "key" in b) return a.key === b.key ? "yes" : "no"
  const [indexed, keyed] = "index" in a ? [a, b] : [b, a]
  const expected = "index" in indexed && indexed.expect !== undefined ? keyOf(indexed.expect) : undefined
  if (expected === undefined || !("key" in keyed)) return "maybe"
  return expected === keyed.key ? "yes" : "no"
}
