import { endpoints } from "@nexus/protocol"
import { routeHref } from "../connect/route.ts"
import { refusal, sentence } from "../connect/sentence.ts"
import { useSession, useSessionState } from "../connect/session-context.ts"
import { durationInWords, whoInWords } from "../runs/run-words.ts"
import { StatusDot } from "../runs/StatusDot.tsx"
import { ago, instant } from "../ui/ago.ts"
import { confirm } from "../ui/ask.ts"
import { Button } from "../ui/Button.tsx"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import type { PlacedRun } from "./all-runs.ts"

/** One run of the list: what ran where, how it went, and for one that waits the way to stop it. */
export function RunLine({ run, where }: { readonly run: PlacedRun; readonly where: string }) {
  const { api } = useSession()
  const { user } = useSessionState()
  const { workspace, handler } = run
  const took = run.endedAt === undefined ? "" : ` · ${durationInWords(run.endedAt - run.at)}`
  const stop = async () => {
    const yes = await confirm({
      title: say("Stop {handler}?", { handler }),
      text: say("What it changed so far stays; what it waits for will not come."),
      action: say("Stop it"),
      tone: "wrong",
    })
    if (!yes) return
    try {
      await api.call(endpoints.cancelRun, { params: { workspace, run: run.run } })
      toast({ title: say("{handler} is stopped", { handler }) })
    } catch (cause) {
      toast({ tone: "wrong", title: say("{handler} goes on", { handler }), detail: sentence(cause) })
    }
  }
  return (
    <li className="flex items-start gap-2.5 px-4 py-2.5">
      <StatusDot status={run.status} />
      <span className="min-w-0 flex-1">
        <span className="block text-13 [overflow-wrap:anywhere]">
          <span className="font-medium">{run.title}</span>
          <span className="text-faint"> · </span>
          <span className="font-mono text-12">{handler}</span>
        </span>
        {run.failure ? (
          <span className="block text-12 text-wrong [overflow-wrap:anywhere]">{refusal(run.failure)}</span>
        ) : null}
        <span className="tabular block text-12 text-soft" title={instant(run.at)}>
          <a className="hover:text-accent hover:underline" href={routeHref({ at: "workspace", workspace })}>
            {where}
          </a>
          {` · ${whoInWords(run, user?.id ?? "")} · ${ago(run.at, Date.now())}${took}`}
        </span>
      </span>
      {run.status === "waiting" ? (
        <Button small aria-label={say("Stop {handler} of {panel}", { handler, panel: run.title })} onClick={stop}>
          {say("Stop")}
        </Button>
      ) : null}
    </li>
  )
}
