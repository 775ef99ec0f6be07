import type { ViewNode } from "@nexus/protocol"
import type { Places } from "../store/places.ts"
import type { Props } from "./props.ts"

/** What the outermost element of every component carries. */
export interface RootAttributes {
  readonly "data-nx-id"?: string
  /** Who else changed what it shows, for a second. */
  readonly "data-changed-by"?: string
  /** Who else changed it last, why and when; until this viewer changes it. */
  readonly title?: string
  /** Its `ViewNode.id`, while the panel is edited where it stands. */
  readonly "data-nx-node"?: string
}

/** What every component of the View is given. */
export interface ComponentProps {
  readonly node: ViewNode
  readonly places: Places
  readonly props: Props
  readonly root: RootAttributes
}
