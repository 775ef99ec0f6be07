import type { Workspace } from "./workspace.ts"

/** The workspaces of this kernel: opened when first asked for, kept while somebody uses them, closed together. */
export interface Workspaces {
  /** Throws `not-found` when no such workspace was ever created. */
  open(id: string): Promise<Workspace>
  /** Makes a workspace with its root entity; harmless when repeated. */
  create(id: string, name: string, by: { readonly id: string; readonly name: string }): Promise<Workspace>
  /** The workspace if it is open now. */
  get(id: string): Workspace | undefined
  close(): Promise<void>
}
