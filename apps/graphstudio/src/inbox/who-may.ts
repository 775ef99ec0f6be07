import type { Role } from "@nexus/protocol"
import { say } from "../words/say.ts"

const RANK: Readonly<Record<Role, number>> = { viewer: 0, editor: 1, owner: 2 }

/** May somebody with this role answer what asks for at least `needed`? */
export function mayAnswer(role: Role | undefined, needed: Role): boolean {
  return role !== undefined && RANK[role] >= RANK[needed]
}

/** Who may, for those who may not. */
export function whoMay(needed: Role): string {
  if (needed === "owner") return say("An owner of this workspace can answer it.")
  return needed === "editor"
    ? say("An editor or an owner of this workspace can answer it.")
    : say("Everybody here can answer it.")
}
