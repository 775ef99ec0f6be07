import { ClipboardCopy, Link2, SquarePen } from "lucide-react"
import { type ReactNode, useMemo, useRef } from "react"
import { routeHref } from "../connect/route.ts"
import { Button } from "../ui/Button.tsx"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import type { Entry } from "./catalogue.ts"
import { toExample } from "./example.ts"
import { LiveExample } from "./LiveExample.tsx"
import { PropTable } from "./PropTable.tsx"
import { Said } from "./Said.tsx"
import { Source } from "./Source.tsx"
import { useNear } from "./use-near.ts"

interface EntrySectionProps {
  readonly entry: Entry
  /** Opens the example in the editor of the workspace one came from; absent where there is none. */
  readonly onOpen: ((source: string) => void) | undefined
}

/** One component: what it is, alive, as source, and everything that can be written on it. */
export function EntrySection({ entry, onOpen }: EntrySectionProps) {
  const { name, doc, example, sample } = entry
  const { source, snippet } = useMemo(() => toExample(name, example, sample), [name, example, sample])
  const stage = useRef<HTMLElement>(null)
  const near = useNear(stage)
  return (
    <section id={name} aria-labelledby={`${name}-heading`} className="border-line border-t py-8">
      <h3 id={`${name}-heading`} className="group flex items-center gap-2 font-bold text-20">
        {name}
        <a
          href={routeHref({ at: "components", component: name })}
          aria-label={say("Link to {name}", { name })}
          className="rounded-[5px] p-1 text-faint opacity-0 transition-opacity hover:text-accent focus-visible:opacity-100 group-hover:opacity-100"
        >
          <Link2 size={15} />
        </a>
      </h3>
      <p className="mt-1 max-w-[860px] text-14 text-soft">
        <Said text={doc} />
      </p>
      <div className="mt-4 grid overflow-hidden rounded-sheet border border-line lg:grid-cols-2">
        <section ref={stage} aria-label={say("{name}, alive", { name })} className="min-h-24 min-w-0 bg-surface p-5">
          {near ? <LiveExample name={name} source={source} /> : null}
        </section>
        <div className="flex min-w-0 flex-col border-line bg-sunken max-lg:border-t lg:border-s">
          <div className="min-h-0 flex-1">
            <Source text={snippet} />
          </div>
          <div className="flex flex-wrap justify-end gap-1.5 px-3 pb-3">
            <Button
              small
              aria-label={say("Copy the {name} example", { name })}
              icon={<ClipboardCopy size={13} />}
              onClick={() => copy(snippet, name)}
            >
              {say("Copy")}
            </Button>
            {onOpen ? (
              <Button
                small
                aria-label={say("Open in the editor: {name}", { name })}
                icon={<SquarePen size={13} />}
                onClick={() => onOpen(source)}
              >
                {say("Open in the editor")}
              </Button>
            ) : null}
          </div>
        </div>
      </div>
      <div className="mt-5">
        <PropTable entry={entry} />
      </div>
      <Facts entry={entry} />
    </section>
  )
}

function Facts({ entry: { accessibleName, keyboard, holds, width } }: { readonly entry: Entry }) {
  return (
    <dl className="mt-4 grid gap-x-8 gap-y-3 border-line border-t pt-4 text-13 sm:grid-cols-2 xl:grid-cols-4">
      <Fact label={say("Accessible name")}>
        <Said text={accessibleName} />
      </Fact>
      <Fact label={say("Keyboard")}>
        <Said text={keyboard} />
      </Fact>
      <Fact label={say("Holds")}>{holds}</Fact>
      {width ? <Fact label={say("Width in a Layout")}>{widthInWords(width)}</Fact> : null}
    </dl>
  )
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt className="font-medium text-12 text-faint">{label}</dt>
      <dd className="mt-0.5 text-soft">{children}</dd>
    </div>
  )
}

/** What a component may be as wide as the row is written so in the declarations. */
const WHOLE_ROW = 4096

function widthInWords({ min, ideal, max }: NonNullable<Entry["width"]>): string {
  if (min >= WHOLE_ROW) return say("Always a row of its own.")
  const most = max >= WHOLE_ROW ? say("as wide as there is room") : say("{max} at most", { max })
  return say("{min} px at least, {ideal} best, {most}.", { min, ideal, most })
}

function copy(text: string, name: string): void {
  navigator.clipboard.writeText(text).then(
    () => toast({ tone: "good", title: say("Copied the {name} example", { name }) }),
    () =>
      toast({
        tone: "wrong",
        title: say("The browser did not let us copy"),
        detail: say("Select the text and copy it."),
      }),
  )
}
