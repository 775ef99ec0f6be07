import { type ComponentDeclaration, components } from "@nexus/protocol"

/** The components a source may use: the standard ones, and those of its packages. A standard name is never replaced. */
export type Components = ReadonlyMap<string, ComponentDeclaration>

/** What is known about a source before it is read. */
export interface PanelOptions {
  /** Components of packages, beside the standard ones. */
  readonly components?: Components
}

const joined = new WeakMap<Components, Components>()

/** The standard components and `extra`; the same map for the same extra ones. */
export function componentsWith(extra: Components | undefined): Components {
  if (extra === undefined || extra.size === 0) return components
  let all = joined.get(extra)
  if (all === undefined) {
    all = new Map([...components, ...[...extra].filter(([name]) => !components.has(name))])
    joined.set(extra, all)
  }
  return all
}
