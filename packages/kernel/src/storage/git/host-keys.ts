import { createHash } from "node:crypto"
import { NexusError } from "@nexus/protocol"
import type { HostKey } from "../remotes.ts"
import { runSshTool } from "./ssh-tools.ts"

/**
 * The keys by which hosts are known. What a host shows is only shown on: a person compares its fingerprint with what they
 * were told on another way, and what they accept is kept with the one repository they accepted it for. Trust on first use
 * was refused: then nobody ever looks.
 */

/** The strongest first; no other kind is taken. */
const KINDS = ["ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa"]
const KEY = new RegExp(`^(?:${KINDS.join("|")}) [A-Za-z0-9+/]{32,2000}={0,2}$`)

/** What the host of an address shows now. Rejects with `unavailable` when it shows nothing. */
export async function keysShownBy(url: string, env: NodeJS.ProcessEnv): Promise<readonly HostKey[]> {
  const { host, port } = hostOf(url)
  const { stdout } = await runSshTool(
    "ssh-keyscan",
    ["-T", "5", "-p", port, "-t", "ed25519,ecdsa,rsa", "--", host],
    env,
  )
  const shown = stdout.split("\n").flatMap((line) => {
    const key = line.slice(line.indexOf(" ") + 1).trim()
    return KEY.test(key) ? [hostKeyOf(key)] : []
  })
  if (shown.length > 0) return shown.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind))
  const detail = "it shows no key that ssh could know it by. Check the address, and that an ssh server answers there."
  throw new NexusError({ code: "unavailable", what: `The host ${nameOfHost(url)}`, detail })
}

function hostKeyOf(key: string): HostKey {
  const [kind = "", bytes = ""] = key.split(" ")
  const digest = createHash("sha256").update(Buffer.from(bytes, "base64")).digest("base64").replaceAll("=", "")
  return { kind, key, fingerprint: `SHA256:${digest}` }
}

/** The host of an ssh address that `parse` gave, as `known_hosts` names it. */
export function nameOfHost(url: string): string {
  const { host, port } = hostOf(url)
  return port === "22" ? host : `[${host}]:${port}`
}

/** Has whoever runs this kernel said which key the host has? */
export async function isInFile(url: string, file: string | undefined, env: NodeJS.ProcessEnv): Promise<boolean> {
  if (file === undefined) return false
  return (await runSshTool("ssh-keygen", ["-F", nameOfHost(url), "-f", file], env)).code === 0
}

function hostOf(url: string): { readonly host: string; readonly port: string } {
  const { hostname, port } = new URL(url)
  return { host: hostname.toLowerCase(), port: port || "22" }
}
