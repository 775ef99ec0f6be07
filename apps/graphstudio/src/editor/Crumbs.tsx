import { ChevronRight } from "lucide-react"
import { Fragment } from "react"
import type { Crumb } from "../language/messages.ts"
import { say } from "../words/say.ts"

interface CrumbsProps {
  readonly path: readonly Crumb[]
  readonly onGo: (offset: number) => void
}

/** Where the cursor stands, from the panel inwards; each part goes to its element. */
export function Crumbs({ path, onGo }: CrumbsProps) {
  return (
    <nav
      aria-label={say("Where the cursor stands")}
      className="flex h-8 flex-none items-center gap-0.5 overflow-hidden border-line border-b bg-sunken px-3 text-12"
    >
      {path.length === 0 ? <span className="px-1 text-faint">{say("Outside of any element")}</span> : null}
      {path.map(({ name, element, offset }, index) => (
        <Fragment key={offset}>
          {index > 0 ? <ChevronRight size={12} aria-hidden="true" className="flex-none text-faint" /> : null}
          <button
            type="button"
            title={name}
            onClick={() => onGo(offset)}
            translate="no"
            className="min-w-8 truncate rounded-[4px] px-1 py-0.5 text-soft last:font-medium last:text-ink hover:bg-hover hover:text-ink"
          >
            {element}
            {name.startsWith(`${element} `) ? (
              <span className="ms-1 text-faint">{name.slice(element.length + 1)}</span>
            ) : null}
          </button>
        </Fragment>
      ))}
    </nav>
  )
}
