import { routeHref } from "../connect/route.ts"
import { Dialog } from "../ui/Dialog.tsx"
import { Keys } from "../ui/Keys.tsx"

const SHEET: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    "Panels",
    [
      ["New panel", "N"],
      ["Edit source", "E"],
      ["Look into it", "I"],
      ["Duplicate", "Mod+D"],
      ["Delete", "Delete"],
      ["Move by keys (selected)", "Arrows"],
    ],
  ],
  [
    "Canvas",
    [
      ["Zoom in", "+"],
      ["Zoom out", "-"],
      ["Zoom to 100%", "0"],
      ["Fit everything", "1"],
      ["Zoom to selection", "2"],
      ["Minimap", "M"],
      ["Select several", "Shift+Drag"],
    ],
  ],
  [
    "Workspace",
    [
      ["Commands", "Mod+K"],
      ["Undo", "Mod+Z"],
      ["Redo", "Mod+Shift+Z"],
      ["Assistant", "A"],
      ["Inbox: what handlers ask", "Q"],
      ["Runs: what waits, what ran", "R"],
      ["Log of all panels", "L"],
      ["Permissions", "P"],
      ["Graph: who reads and writes whom", "G"],
      ["Versions", "V"],
      ["Time", "T"],
      ["This sheet", "?"],
    ],
  ],
  [
    "Editor",
    [
      ["Save", "Mod+S"],
      ["Fix the mistake at the cursor", "Mod+."],
      ["Next mistake", "F8"],
      ["Complete", "Ctrl+Space"],
      ["Go to where it is declared", "F12"],
      ["The same by pointer", "Mod+Click"],
      ["Every place of a name", "Shift+F12"],
      ["Rename everywhere", "F2"],
      ["Lay the text out", "Shift+Alt+F"],
      ["Tab leaves the text, and back", "Ctrl+M"],
      ["Close", "Escape"],
    ],
  ],
]

/** All shortcuts on one sheet. */
export default function HelpSheet({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose} size="medium">
      <div className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
        {SHEET.map(([group, rows]) => (
          <section key={group}>
            <h3 className="mb-2 font-medium text-12 text-faint">{group}</h3>
            <dl className="flex flex-col gap-1.5">
              {rows.map(([label, shortcut]) => (
                <div key={label} className="flex items-center justify-between text-13">
                  <dt>{label}</dt>
                  <dd>
                    <span className="sr-only">{shortcut}</span>
                    <Keys shortcut={shortcut} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="mt-6 border-line border-t pt-4 text-13 text-soft">
        What can stand in a View, alive and with its source:{" "}
        <a href={routeHref({ at: "components", component: "" })} className="font-medium text-accent hover:underline">
          Components
        </a>
      </p>
    </Dialog>
  )
}
