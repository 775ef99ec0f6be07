import type { ReactNode } from "react"
import { isWorkspaceFile, workspaceFileId } from "../../store/workspace-files.ts"
import type { ComponentProps } from "../component.ts"
import { textOf } from "../props.ts"
import { SaveFile } from "../SaveFile.tsx"
import { safeUrl } from "../safe-url.ts"
import { word } from "../words.ts"

export function Link({ props, root }: ComponentProps): ReactNode {
  const given = props.raw("href")
  const file = workspaceFileId(given)
  const name = isWorkspaceFile(given) ? given.name : ""
  const label = props.text("label") || name || textOf(given)
  if (file !== undefined) {
    return (
      <span {...root}>
        <SaveFile id={file} name={name || label} label={label} />
      </span>
    )
  }
  const href = safeUrl(textOf(given))
  if (href === undefined) {
    return (
      <span {...root} className="nx-link" data-dead="" title={word("Only http, https and mailto addresses open")}>
        {label}
      </span>
    )
  }
  return (
    <a {...root} className="nx-link" href={href} target="_blank" rel="noopener noreferrer">
      {label}
    </a>
  )
}
