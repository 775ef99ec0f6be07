import { FileDown } from "lucide-react"
import { say } from "../../words/say.ts"
import type { Dragged } from "./use-drop.ts"

/** Says over the desk what a drop would do. */
export default function DropHint({ dragged }: { readonly dragged: NonNullable<Dragged> }) {
  return (
    <div className="nx-fade pointer-events-none absolute inset-2 z-[6] grid place-items-center rounded-sheet border-2 border-accent border-dashed bg-accent-soft/40">
      <p
        role="status"
        className="flex items-center gap-2 rounded-full border border-line bg-raised px-4 py-2 text-14 shadow-lifted"
      >
        <FileDown size={16} className="text-accent" />
        {dragged === "file"
          ? say("Drop .nxml, CSV or JSON files to make panels here")
          : say("Drop NXML or a link to make a panel here")}
      </p>
    </div>
  )
}
