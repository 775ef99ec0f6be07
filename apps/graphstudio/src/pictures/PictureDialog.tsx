import { useReactFlow } from "@xyflow/react"
import { Image } from "lucide-react"
import { useState } from "react"
import { withAllAwake } from "../canvas/wake/all-awake.ts"
import { sentence } from "../connect/sentence.ts"
import { Button } from "../ui/Button.tsx"
import { Choice } from "../ui/Choice.tsx"
import { Dialog } from "../ui/Dialog.tsx"
import { Notice } from "../ui/Notice.tsx"
import { saveFile } from "../ui/save-file.ts"
import { say } from "../words/say.ts"
import { useDesk, useWorkspaceName } from "../workspace/desk-context.ts"
import type { Subject } from "./subject.ts"
import { type Format, takePicture } from "./take-picture.ts"

interface PictureDialogProps {
  /** The whole canvas where it is absent. */
  readonly panel: string | undefined
  readonly onClose: () => void
}

type Scale = "1" | "2" | "3"
const AIR = 32

/** One panel or the whole canvas as a file to show elsewhere. */
export default function PictureDialog({ panel, onClose }: PictureDialogProps) {
  const { mirror } = useDesk()
  const workspace = useWorkspaceName()
  const flow = useReactFlow()
  const [format, setFormat] = useState<Format>("png")
  const [scale, setScale] = useState<Scale>("2")
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const name = (panel && mirror.graph.panel(panel)?.properties.title) || workspace

  const canvasOnPage = (): Subject => {
    const { x, y, width, height } = flow.getNodesBounds(flow.getNodes())
    const element = document.querySelector<HTMLElement>(".react-flow__viewport")
    if (!element || width === 0) throw new Error(say("There is nothing on the canvas yet."))
    const style = { transform: `translate(${AIR - x}px, ${AIR - y}px)` }
    return { element, width: Math.ceil(width + 2 * AIR), height: Math.ceil(height + 2 * AIR), style }
  }

  const take = async () => {
    setBusy(true)
    setError(undefined)
    const draw = (subject: Subject) => takePicture(subject, format, Number(scale))
    try {
      const picture = await (panel ? draw(panelOnPage(panel)) : withAllAwake(() => draw(canvasOnPage())))
      saveFile(picture, `${name.replaceAll(/[^\p{L}\p{N} _-]/gu, "").trim() || "nexus"}.${format}`)
      onClose()
    } catch (cause) {
      setError(cause instanceof Error && cause.name === "Error" ? cause.message : sentence(cause))
      setBusy(false)
    }
  }

  return (
    <Dialog
      title={panel ? say("Save {name} as a picture", { name }) : say("Save the canvas as a picture")}
      description={say("As it is on this screen now, with its fonts in it.")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say("Cancel")}</Button>
          <Button tone="primary" icon={<Image size={15} />} disabled={busy} onClick={take}>
            {busy ? say("Drawing…") : say("Save")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-6">
        <Choice<Format>
          label={say("Format")}
          hint={say("In a PDF the text can be searched and selected. SVG is sharp at any size.")}
          value={format}
          options={[
            { value: "png", label: "PNG" },
            { value: "svg", label: "SVG" },
            { value: "pdf", label: "PDF" },
          ]}
          onChoose={setFormat}
        />
        {format === "svg" ? null : (
          <Choice<Scale>
            label={say("Size")}
            value={scale}
            options={[
              { value: "1", label: "1×" },
              { value: "2", label: "2×" },
              { value: "3", label: "3×" },
            ]}
            onChoose={setScale}
          />
        )}
        {error ? <Notice tone="wrong">{error}</Notice> : null}
      </div>
    </Dialog>
  )
}

function panelOnPage(panel: string): Subject {
  const node = document.querySelector(`.react-flow__node[data-id="${CSS.escape(panel)}"]`)
  const element = node?.querySelector<HTMLElement>(".nx-sheet")
  if (!element) throw new Error(say("The panel is not on the screen. Go to it and try again."))
  return { element, width: element.offsetWidth, height: element.offsetHeight }
}
