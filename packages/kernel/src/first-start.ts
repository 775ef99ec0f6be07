import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Accounts, User } from "./accounts/accounts.ts"
import { createPanelOperation } from "./panels/new-panel.ts"
import type { Workspaces } from "./workspace/workspaces.ts"

const FIRST_WORKSPACE = "home"
const FIRST_PANELS = ["groceries", "focus-timer", "weather"]

/**
 * Gives the owner a workspace to begin with, with a few panels of the gallery. Every step has a fixed id, so a start
 * that was cut short is finished by the next one; a person who removed them does not get them again.
 */
export async function prepareFirstStart(
  { accounts, workspaces }: { readonly accounts: Accounts; readonly workspaces: Workspaces },
  owner: User,
  gallery: string | undefined,
): Promise<void> {
  if ((await accounts.workspacesOf(owner.id)).length > 0) return
  const workspace = await workspaces.create(FIRST_WORKSPACE, "My workspace", owner)
  for (const [index, folder] of gallery ? FIRST_PANELS.entries() : []) {
    const source = await readFile(join(gallery ?? "", folder, "panel.nxml"), "utf8")
    const frame = { x: 80 + index * 420, y: 96, w: 380, h: 460 }
    await workspace.commit({
      submission: `first.${folder}`,
      cause: { actor: { kind: "package", id: "gallery", name: "Gallery" }, reason: `installed ${folder}` },
      operations: [createPanelOperation({ id: `panel_${folder}`, workspace: FIRST_WORKSPACE, source, frame })],
    })
  }
  await accounts.addWorkspace(FIRST_WORKSPACE, owner.id)
}
