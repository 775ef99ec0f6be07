/**
 * What goes from this page into a workspace. The page stands outside of any workspace, so the workspace one came from is
 * remembered for this window, and a source is carried over in memory: an address is no place for a whole panel.
 */
const KEY = "nexus.workspace"

export function rememberWorkspace(workspace: string): void {
  sessionStorage.setItem(KEY, workspace)
}

/** The workspace that was open in this window last. */
export function lastWorkspace(): string | undefined {
  return sessionStorage.getItem(KEY) ?? undefined
}

let carried: string | undefined

export function carry(source: string): void {
  carried = source
}

/** The source that was carried here, once. */
export function takeCarried(): string | undefined {
  const source = carried
  carried = undefined
  return source
}
