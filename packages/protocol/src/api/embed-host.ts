import * as z from "zod"

const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
const PORT = "(?::[1-9][0-9]{0,4})?"
/** Its last label is no number: an address is no name, and browsers do not look for one in a policy. */
const NAMED = `(?:\\*\\.)?(?:${LABEL}\\.)+(?=[a-z])${LABEL}`
const HOST = new RegExp(`^(?:https://${NAMED}${PORT}|http://localhost${PORT})$`)

/**
 * A site that may show an embedded panel, as it stands in a policy: `https://example.org`, `https://*.example.org` for
 * what lies below a name, or `http://localhost:3000` while one builds. Nothing else is taken, neither a path nor a
 * quote nor a semicolon: the text goes into a header as it is. An asterisk alone, or right before a last label, is
 * everybody's site and refused.
 */
export const EmbedHost = z
  .string()
  .max(253)
  .regex(HOST, "a site is https://example.org, https://*.example.org or http://localhost:3000, with nothing behind it")
  .refine((host) => Number(host.split(":")[2] ?? 1) <= 65535, "a port is at most 65535")
export type EmbedHost = z.infer<typeof EmbedHost>

/** Whose pages may show one thing; all of them stand in one header. */
export const EmbedHosts = z.array(EmbedHost).min(1).max(20)
