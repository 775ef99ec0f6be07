import { Id, JsonObject } from "@nexus/protocol"
import * as z from "zod"

/** What the kernel wrote into the page beside the panel it painted. */
export const Page = z.object({
  workspace: Id,
  panel: Id,
  width: z.number(),
  state: JsonObject,
  /** The compiled panel, in base64. */
  compiled: z.string(),
})
export type Page = z.infer<typeof Page>
