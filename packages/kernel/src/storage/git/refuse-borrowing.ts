import { lstat } from "node:fs/promises"
import { join } from "node:path"
import { NexusError } from "@nexus/protocol"

/** Files by which a repository says that what it holds stands elsewhere. */
const ELSEWHERE = ["commondir", "objects/info/alternates", "objects/info/http-alternates"]
/** Parts of a repository that could be links to somebody else's. */
const OWN = ["objects", "objects/info", "objects/pack", "refs", "refs/heads", "HEAD", "packed-refs"]

/**
 * Refuses a repository of this machine that borrows from another place: git would follow it there with our rights, to a
 * repository whose address was never opened.
 */
export async function refuseBorrowing(path: string): Promise<void> {
  const inside = await kindOf(join(path, ".git"))
  const dir = inside === undefined ? path : join(path, ".git")
  const elsewhere = await Promise.all(ELSEWHERE.map((name) => kindOf(join(dir, name))))
  const own = await Promise.all(OWN.map((name) => kindOf(join(dir, name))))
  const borrows = elsewhere.some((kind) => kind !== undefined) || own.includes("link")
  if (!borrows && (inside === undefined || inside === "folder")) return
  const detail = "This repository leads to another place of this machine. Clone it whole, and use the clone."
  throw new NexusError({ code: "forbidden", detail })
}

async function kindOf(path: string): Promise<"folder" | "link" | "file" | undefined> {
  const found = await lstat(path).catch(() => undefined)
  if (!found) return undefined
  return found.isSymbolicLink() ? "link" : found.isDirectory() ? "folder" : "file"
}
