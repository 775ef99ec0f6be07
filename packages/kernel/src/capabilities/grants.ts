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

/** Why `entity` may not use `needed`: it is not declared, or nobody granted it. `undefined` when it may. */
export function checkCapability(entity: PanelEntity, panel: Panel, needed: Capability): Failure | undefined {
  const covering = (texts: readonly string[]) =>
    texts.filter((text) => {
      const capability = parseCapability(text)
      return capability !== undefined && covers(capability, needed)
    })
  const declared = covering(declaredCapabilities(panel))
  if (covering(entity.properties.grants).length > 0 && declared.length > 0) return undefined
  const scope = needed.scope ? ` scope="${needed.scope}"` : ""
  const detail =
    declared.length === 0
      ? `The panel does not declare it. Add <Capability type="${needed.type}"${scope} reason="…"/> to its Logic.`
      : `The panel declares it and nobody has granted it yet. Grant ${declared[0]} to "${entity.properties.title}".`
  return { code: "capability-denied", capability: formatCapability(needed), panel: entity.id, detail }
}
