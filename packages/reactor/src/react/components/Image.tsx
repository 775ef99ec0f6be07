import { type CSSProperties, type ReactNode, useState } from "react"
import { workspaceFileId } from "../../store/workspace-files.ts"
import type { ComponentProps } from "../component.ts"
import { textOf } from "../props.ts"
import { safeImageUrl } from "../safe-url.ts"
import { useOpenedFile } from "../use-opened-file.ts"
import { word } from "../words.ts"

/** A picture; what cannot be shown is replaced by its words and the reason, in the room that was kept for it. */
export function Image({ props, root }: ComponentProps): ReactNode {
  const given = props.raw("src")
  const id = workspaceFileId(given)
  const opening = useOpenedFile(id)
  const address = id === undefined ? safeImageUrl(textOf(given)) : opening.at === "here" ? opening.url : undefined
  const [broken, setBroken] = useState<string>()
  const alt = props.text("alt")
  const caption = props.text("caption")
  const ratio = ratioOf(props.text("ratio"))
  const style: CSSProperties = ratio === undefined ? {} : { aspectRatio: ratio, objectFit: fitOf(props.choice("fit")) }
  return (
    <figure {...root} className="nx-image">
      {address !== undefined && address !== broken ? (
        <img
          src={address}
          alt={alt}
          style={style}
          loading="lazy"
          decoding="async"
          referrerPolicy="no-referrer"
          onError={() => setBroken(address)}
        />
      ) : (
        <div className="nx-image-missing" style={ratio === undefined ? {} : { aspectRatio: ratio }}>
          <strong>{alt || word("A picture")}</strong>
          <span>
            {opening.at === "waiting"
              ? word("is on its way")
              : reason(given, opening.at === "failed" ? opening.message : undefined, address)}
          </span>
        </div>
      )}
      {caption !== "" && <figcaption>{caption}</figcaption>}
    </figure>
  )
}

function reason(given: unknown, failure: string | undefined, address: string | undefined): string {
  if (failure !== undefined) return failure
  if (given === null || given === undefined || given === "") return word("There is no picture yet.")
  if (address === undefined)
    return word("Only http and https addresses, raster pictures and files of the workspace are shown.")
  return word(
    "It could not be loaded. Pictures of other sites are not fetched here; put the file into the workspace instead.",
  )
}

function ratioOf(text: string): number | undefined {
  const [, width, height = "1"] = /^\s*(\d+(?:\.\d+)?)\s*(?:[/:]\s*(\d+(?:\.\d+)?))?\s*$/.exec(text) ?? []
  const ratio = Number(width) / Number(height)
  return Number.isFinite(ratio) && ratio > 0 ? ratio : undefined
}

function fitOf(choice: string): "contain" | "cover" {
  return choice === "contain" ? "contain" : "cover"
}
