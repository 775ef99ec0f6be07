import type { ShareAnswer } from "@nexus/protocol"
import { ago } from "../ui/ago.ts"
import { Button } from "../ui/Button.tsx"
import { LANGUAGE } from "../words/language.ts"
import { say } from "../words/say.ts"
import { usePanels } from "../workspace/desk-context.ts"

interface EmbedListProps {
  readonly embeds: readonly ShareAnswer[]
  readonly onStop: (embed: ShareAnswer) => void
}

/** What is shown elsewhere now, and the end of each. */
export function EmbedList({ embeds, onStop }: EmbedListProps) {
  const panels = usePanels()
  const titleOf = ({ embedPanel }: ShareAnswer): string => {
    if (embedPanel === undefined) return say("The whole canvas")
    return panels.find(({ id }) => id === embedPanel)?.properties.title ?? say("a removed panel")
  }
  return (
    <section aria-label={say("Shown elsewhere")} className="border-line border-t pt-4">
      <h3 className="mb-1 font-medium text-12 text-soft">{say("Shown elsewhere")}</h3>
      <ul className="flex flex-col divide-y divide-line">
        {embeds.map((embed) => {
          const what = titleOf(embed)
          return (
            <li key={embed.id} className="flex items-center gap-2 py-1.5 text-13">
              <span className="min-w-0 flex-1">
                <span className="block truncate">{what}</span>
                <span className="block truncate text-12 text-soft">{embed.embedHosts?.join(", ")}</span>
                <span className="block truncate text-12 text-soft">
                  {say("made {ago}, ends {date}", {
                    ago: ago(embed.createdAt, Date.now()),
                    date: new Date(embed.expiresAt).toLocaleDateString(LANGUAGE),
                  })}
                </span>
              </span>
              <Button small aria-label={say("Stop showing {what}", { what })} onClick={() => onStop(embed)}>
                {say("Stop")}
              </Button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
