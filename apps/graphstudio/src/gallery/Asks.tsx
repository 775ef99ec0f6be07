import { describeCapability, parseCapability } from "@nexus/protocol"
import { ShieldCheck, ShieldQuestion } from "lucide-react"
import { readPanel } from "../canvas/live-panels.ts"
import { say } from "../words/say.ts"

/** What a panel will ask for, in plain words and with its reasons, before anybody has it. */
export function Asks({ source }: { readonly source: string }) {
  const capabilities = readPanel(source)?.capabilities ?? []
  if (capabilities.length === 0) {
    return (
      <p className="flex items-center gap-2 text-13 text-soft">
        <ShieldCheck size={15} className="flex-none text-good" />
        {say("Asks for nothing. It stays inside itself.")}
      </p>
    )
  }
  return (
    <section aria-label={say("What it will ask for")} className="rounded-control bg-sunken p-3">
      <p className="flex items-center gap-2 font-medium text-13">
        <ShieldQuestion size={15} className="flex-none text-careful" />
        {say("It will ask you before it may")}
      </p>
      <ul className="mt-1.5 flex flex-col gap-1.5">
        {capabilities.map(({ type, scope, reason }) => {
          const written = scope === "" ? type : `${type}:${scope}`
          const capability = parseCapability(written)
          return (
            <li key={written} className="text-13">
              <span className="[overflow-wrap:anywhere]">{capability ? describeCapability(capability) : written}</span>
              <span className="block text-12 text-soft">{reason}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
