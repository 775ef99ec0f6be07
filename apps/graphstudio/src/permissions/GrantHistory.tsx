import type { GrantChange } from "@nexus/protocol"
import { ago, instant } from "../ui/ago.ts"
import { classNames } from "../ui/class-names.ts"
import { say } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { inWords } from "./capability-words.ts"

/** Who granted and revoked what, newest first. */
export function GrantHistory({ history }: { readonly history: readonly GrantChange[] }) {
  const { user } = useDesk()
  return (
    <ol aria-label={say("Audit")} className="flex flex-col">
      {history.map(({ at, seq, panel, title, capability, granted, by }) => (
        <li key={`${seq} ${panel} ${capability}`} className="flex gap-2.5 px-4 py-1.5">
          <span
            aria-hidden="true"
            className={classNames("mt-[7px] size-1.5 flex-none rounded-full", granted ? "bg-good" : "bg-careful")}
          />
          <span className="min-w-0 flex-1">
            <span className="block text-12 [overflow-wrap:anywhere]">
              <span className="font-medium">
                {by === undefined ? say("Nobody") : by.id === user.id ? say("You") : by.name}
              </span>{" "}
              {granted ? say("granted to") : say("took back from")} <span className="font-medium">{title}</span>:{" "}
              {inWords(capability)}
            </span>
            <span className="block text-12 text-faint" title={instant(at)}>
              {ago(at, Date.now())}
            </span>
          </span>
        </li>
      ))}
    </ol>
  )
}
