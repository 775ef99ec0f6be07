import { ICON_NAMES } from "@nexus/protocol"
import type { ReactNode } from "react"
import type { ComponentProps } from "../component.ts"
import { InlineError } from "../InlineError.tsx"
import { IconPart } from "../icon/part.ts"
import { OnDemand } from "../on-demand.tsx"
import { word } from "../words.ts"

const KNOWN: ReadonlySet<string> = new Set(ICON_NAMES)
const SIZES: { readonly [size: string]: number } = { small: 16, normal: 20, large: 28 }

/** A sign. Without a `label` it is decoration: assistive technology passes over it. */
export function Icon({ props, root }: ComponentProps): ReactNode {
  const label = props.text("label")
  const size = SIZES[props.choice("size")] ?? 20
  const name = props.text("name")
  if (!KNOWN.has(name)) return <InlineError element="Icon" messages={[word('There is no sign "{name}".', { name })]} />
  const meaning = label === "" ? { "aria-hidden": true } : { role: "img", "aria-label": label }
  return (
    <span
      {...root}
      {...meaning}
      className="nx-icon"
      data-tone={props.choice("tone")}
      style={{ width: size, height: size }}
    >
      <OnDemand part={IconPart} props={{ name, size }} fallback={null} />
    </span>
  )
}
