import * as z from "zod"
import { CAPABILITY_TYPES } from "./capability-text.ts"

export {
  CAPABILITY_WORDS,
  type Capability,
  capabilityMessage,
  covers,
  describeCapability,
  formatCapability,
  matchesGlob,
  parseCapability,
} from "./capability-text.ts"

/** The classes of host calls. */
export const CapabilityType = z.enum(CAPABILITY_TYPES)
export type CapabilityType = z.infer<typeof CapabilityType>
