import { realpathSync } from "node:fs"
import { posix } from "node:path"
import { NexusError } from "@nexus/protocol"
import type { RemotePlace } from "../remotes.ts"

/**
 * The address of another repository, read by an allow-list of letters: a host, user or path can be neither an option nor a
 * command, and there are two transports. What the operator has opened is a list of beginnings of such addresses; a path of
 * this machine is followed to where it really leads before it is compared.
 */
interface Parts {
  readonly protocol: "file" | "ssh"
  /** `[user@]host[:port]`, empty for a path of this machine. */
  readonly authority: string
  readonly path: string
}

const USER = "[a-z_][a-z0-9_-]{0,31}"
const HOST = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})){0,9}"
const PATH = "(?:/[A-Za-z0-9_~][A-Za-z0-9_.~-]*)+/?"
const SSH = new RegExp(`^ssh://((?:${USER}@)?${HOST}(?::[0-9]{1,5})?)(${PATH})$`)
const SCP = new RegExp(`^(${USER}@${HOST}):/?([A-Za-z0-9_~][A-Za-z0-9_.~/-]*)$`)
const FILE = new RegExp(`^(?:file://)?(${PATH})$`)

export function parseRemoteUrl(text: string, opened: readonly string[]): RemotePlace {
  const parts = partsOf(text)
  if (!parts) {
    const detail = "the address of a repository is ssh://user@host/path, user@host:path, or a path of this machine"
    throw new NexusError({ code: "invalid-input", detail, path: "url" })
  }
  const place = parts.protocol === "file" ? { ...parts, path: reallyAt(parts.path) } : parts
  if (opened.some((beginning) => isBelow(place, beginning))) return { protocol: place.protocol, url: urlOf(place) }
  const detail =
    "This kernel may not reach that repository. Whoever runs it opens addresses by the setting NEXUS_GIT_REMOTES, a list of their beginnings."
  throw new NexusError({ code: "forbidden", detail })
}

/** The transports among the addresses that are opened. */
export function transportsOf(opened: readonly string[]): RemotePlace["protocol"][] {
  return [...new Set(opened.flatMap((beginning) => partsOf(beginning)?.protocol ?? []))].sort()
}

function partsOf(text: string): Parts | undefined {
  const [, authority, path] = SSH.exec(text) ?? []
  if (authority !== undefined && path !== undefined) return checked({ protocol: "ssh", authority, path })
  const [, scp, below] = SCP.exec(text) ?? []
  if (scp !== undefined && below !== undefined) return checked({ protocol: "ssh", authority: scp, path: `/${below}` })
  const [, file] = FILE.exec(text) ?? []
  return file === undefined ? undefined : checked({ protocol: "file", authority: "", path: file })
}

function checked(parts: Parts): Parts | undefined {
  const steps = parts.path.split("/").slice(1)
  const strange = steps.some(
    (step, index) => step.startsWith(".") || step.startsWith("-") || (!step && index < steps.length - 1),
  )
  return strange || posix.normalize(parts.path) !== parts.path ? undefined : parts
}

function reallyAt(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    throw new NexusError({ code: "not-found", what: "repository", id: path })
  }
}

function isBelow(place: Parts, beginning: string): boolean {
  const opened = partsOf(beginning)
  if (opened?.protocol !== place.protocol || opened.authority !== place.authority) return false
  const path = opened.protocol === "file" ? realOrItself(opened.path) : opened.path
  const folder = path.endsWith("/") ? path : `${path}/`
  return place.path === path || place.path.startsWith(folder)
}

function realOrItself(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

function urlOf({ protocol, authority, path }: Parts): string {
  return protocol === "ssh" ? `ssh://${authority}${path}` : path
}
