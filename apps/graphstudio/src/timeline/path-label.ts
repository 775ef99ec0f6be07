import type { StatePath } from "@nexus/protocol"

/** A path in a state as it is written for people: `items.#milk.done`, `rows.[0]`. */
export function pathLabel(path: StatePath): string {
  return path
    .map((step) => (typeof step === "string" ? step : "key" in step ? `#${step.key}` : `[${step.index}]`))
    .join(".")
}
