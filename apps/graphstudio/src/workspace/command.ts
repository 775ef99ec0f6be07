/**
 * Everything the studio can do, once: the palette lists it, the help sheet prints its keys, and one listener runs it.
 * A command that cannot run now is not in the list.
 */
export interface Command {
  readonly label: string
  readonly group: "Panels" | "Canvas" | "Workspace" | "Settings" | "Places" | "Help"
  readonly shortcut?: string
  /** A second key that does the same, for hands that know it from elsewhere. */
  readonly also?: string
  /** It is about one of the many things on this canvas: the palette finds it, a list of keys would drown in such lines. */
  readonly ofOne?: true
  readonly run: () => void
}
