import { capabilityMessage, parseCapability } from "@nexus/protocol"
import { sayOf } from "../words/say.ts"

/** A capability in plain words; as it is written where it is none that is known. */
export function inWords(grant: string): string {
  const capability = parseCapability(grant)
  return capability ? sayOf(capabilityMessage(capability), { scope: capability.scope }) : grant
}
