import {
  type ComponentProperties,
  type Failure,
  type Graph,
  type PackageComponents,
  type Panel,
  type PanelEntity,
  packageComponents,
  resolvePanel,
} from "@nexus/protocol"
import { type ParsedPanel, parsePanel } from "@nexus/reactor"

const KEPT = 5000

type Parsed = Map<string, ParsedPanel>

/** What the sources of panels mean. Parsing is pure, so a source is read once however often it is asked about. */
export class Sources {
  readonly #parsed: Parsed = new Map()
  /** By the components that a source was read with; gone with them. */
  readonly #withPackages = new WeakMap<PackageComponents["declarations"], Parsed>()

  /** Without `components` those of packages are unknown, which changes what is found in View and nothing else. */
  parse(source: string, components?: PackageComponents["declarations"]): ParsedPanel {
    const all = components && components.size > 0 ? this.#parsedWith(components) : this.#parsed
    const known = all.get(source)
    if (known) return known
    const parsed = parsePanel(source, components ? { components } : {})
    if (all.size >= KEPT)
      for (const oldest of all.keys()) {
        all.delete(oldest)
        break
      }
    all.set(source, parsed)
    return parsed
  }

  /** A package's component, read with the others of its workspace in reach. */
  parseComponent({ declaration, source }: ComponentProperties, { declarations }: PackageComponents): ParsedPanel {
    return parsePanel(source, { components: declarations, component: declaration })
  }

  #parsedWith(components: PackageComponents["declarations"]): Parsed {
    const known = this.#withPackages.get(components) ?? new Map<string, ParsedPanel>()
    this.#withPackages.set(components, known)
    return known
  }

  /** The panel that `entity` declares; `undefined` when its source has no root element. */
  of(entity: PanelEntity): Panel | undefined {
    return this.parse(entity.properties.source).panel
  }

  /** The panel, or why its source is refused in `graph`, whose packages bring components. */
  check(graph: Graph, entity: PanelEntity): Panel | Failure {
    const { panel, diagnostics } = this.parse(entity.properties.source, packageComponents(graph).declarations)
    const errors = diagnostics.filter(({ severity }) => severity === "error")
    const first = errors[0]
    if (panel && !first) return panel
    const name = entity.properties.title || entity.id
    if (!first) return { code: "panel-invalid", panel: name, errors: 1, first: "there is no NexusPanel element" }
    const { line, column } = first.range
    return { code: "panel-invalid", panel: name, errors: errors.length, first: first.message, line, column }
  }

  /** A refusal when following imports from `entity` leads back to it. */
  checkImports(graph: Graph, entity: PanelEntity, panel: Panel): Failure | undefined {
    for (const start of panel.imports) {
      const path = this.#wayBack(graph, resolvePanel(graph, start.panel), entity.id)
      if (!path) continue
      const titles = [panel.title, ...path.map((other) => this.of(other)?.title ?? other.id)]
      const first = `the import of "${start.name}" goes in a circle: ${titles.join(" → ")}`
      const { line, column } = start.range
      return { code: "panel-invalid", panel: panel.title, errors: 1, first, line, column }
    }
    return undefined
  }

  /** The panels from `from` to `goal` along imports, both included; `undefined` when there is no such way. */
  #wayBack(graph: Graph, from: PanelEntity | undefined, goal: string): PanelEntity[] | undefined {
    const seen = new Set<string>()
    const follow = (entity: PanelEntity | undefined): PanelEntity[] | undefined => {
      if (!entity || seen.has(entity.id)) return undefined
      if (entity.id === goal) return [entity]
      seen.add(entity.id)
      for (const next of this.of(entity)?.imports ?? []) {
        const rest = follow(resolvePanel(graph, next.panel))
        if (rest) return [entity, ...rest]
      }
      return undefined
    }
    return follow(from)
  }
}
