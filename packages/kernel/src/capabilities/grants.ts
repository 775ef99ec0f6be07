import {
  type Capability,
  covers,
  declaredCapabilities,
  type Failure,
  formatCapability,
  type Panel,
  type PanelEntity,
  parseCapability,
} from "@nexus/protocol"

/**
 * Why `entity` may not use `needed`: it is not declared, or nobody granted it. `undefined` when it may. What goes by
 * several names is declared or granted under any of them; a denial speaks of the one that is declared, else of the first.
 */
export function checkCapability(
  entity: PanelEntity,
  panel: Panel,
  ...names: readonly [Capability, ...Capability[]]
): Failure | undefined {
  const covering = (texts: readonly string[], name: Capability) =>
    texts.filter((text) => {
      const capability = parseCapability(text)
      return capability !== undefined && covers(capability, name)
    })
  const declarations = declaredCapabilities(panel)
  const needed = names.find((name) => covering(declarations, name).length > 0) ?? names[0]
  const declared = covering(declarations, needed)
  if (declared.length > 0 && names.some((name) => covering(entity.properties.grants, name).length > 0)) return undefined
  const scope = needed.scope ? ` scope="${needed.scope}"` : ""
  const detail =
    declared.length === 0
      ? `The panel does not declare it. Add <Capability type="${needed.type}"${scope} reason="…"/> to its Logic.`
      : `The panel declares it and nobody has granted it yet. Grant ${declared[0]} to "${entity.properties.title}".`
  return { code: "capability-denied", capability: formatCapability(needed), panel: entity.id, detail }
}
