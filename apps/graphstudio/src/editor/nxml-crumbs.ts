import { type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view"
import type { Crumb } from "../language/messages.ts"
import { languageOf } from "./nxml-service.ts"

/** How long the cursor rests before the worker is asked where it stands. */
const REST_MS = 200

/** Tells which elements the cursor stands in, once it rests. */
export function crumbs(onCrumbs: (path: readonly Crumb[]) => void) {
  return ViewPlugin.fromClass(
    class {
      #rests: ReturnType<typeof setTimeout> | undefined

      update({ view, selectionSet, docChanged }: ViewUpdate): void {
        if (!selectionSet && !docChanged) return
        clearTimeout(this.#rests)
        this.#rests = setTimeout(() => this.#ask(view), REST_MS)
      }

      destroy(): void {
        clearTimeout(this.#rests)
      }

      async #ask(view: EditorView): Promise<void> {
        const path = await languageOf(view)?.ask("crumbs", { offset: view.state.selection.main.head })
        if (path) onCrumbs(path)
      }
    },
  )
}
