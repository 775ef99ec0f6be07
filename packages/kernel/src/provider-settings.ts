import { readFileSync } from "node:fs"
import { NexusError } from "@nexus/protocol"
import * as z from "zod"
import type { KernelConfig } from "./config.ts"

/** The OpenID provider in the environment: named by its issuer, known by a client id; the rest has defaults. */
export const ProviderEnvironment = z.object({
  NEXUS_OIDC_ISSUER: z.url("takes an address such as https://id.example.org").optional(),
  NEXUS_OIDC_CLIENT_ID: z.string().optional(),
  NEXUS_OIDC_CLIENT_SECRET: z.string().optional(),
  NEXUS_OIDC_CLIENT_SECRET_FILE: z.string().optional(),
  NEXUS_OIDC_LABEL: z.string().max(60, "takes at most 60 characters").optional(),
  NEXUS_OIDC_DOMAINS: z
    .string()
    .default("")
    .transform((list) => list.split(",").flatMap((item) => item.trim() || [])),
  NEXUS_OIDC_ACCOUNTS: z.enum(["create", "existing"], "takes create or existing").default("create"),
  NEXUS_OIDC_LINK: z
    .enum(["signed-in", "verified-address"], "takes signed-in or verified-address")
    .default("signed-in"),
})

export function providerOf(data: z.output<typeof ProviderEnvironment>): KernelConfig["provider"] {
  const { NEXUS_OIDC_ISSUER: issuer, NEXUS_OIDC_CLIENT_ID: clientId, NEXUS_OIDC_LABEL: label } = data
  if (issuer === undefined) return undefined
  if (clientId === undefined) throw refused("NEXUS_OIDC_CLIENT_ID", "names this installation at the provider")
  return {
    issuer,
    clientId,
    clientSecret: secretOf(data),
    ...(label === undefined ? {} : { label }),
    domains: data.NEXUS_OIDC_DOMAINS,
    createAccounts: data.NEXUS_OIDC_ACCOUNTS === "create",
    linkByAddress: data.NEXUS_OIDC_LINK === "verified-address",
  }
}

function secretOf(data: z.output<typeof ProviderEnvironment>): string | undefined {
  const { NEXUS_OIDC_CLIENT_SECRET: secret, NEXUS_OIDC_CLIENT_SECRET_FILE: file } = data
  if (secret !== undefined || file === undefined) return secret
  try {
    return readFileSync(file, "utf8").trim()
  } catch {
    throw refused("NEXUS_OIDC_CLIENT_SECRET_FILE", "names a file that cannot be read")
  }
}

function refused(path: string, detail: string): NexusError {
  return new NexusError({ code: "invalid-input", detail, path })
}
