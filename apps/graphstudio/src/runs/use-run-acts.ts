import { endpoints, type WaitingRunAnswer } from "@nexus/protocol"
import { sentence } from "../connect/sentence.ts"
import { confirm } from "../ui/ask.ts"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"

export type GoOn = "resume" | "restart" | "discard"

/** What a person can do with a run that waits. What cannot be taken back asks first. */
export function useRunActs(run: WaitingRunAnswer) {
  const { api, workspace, waiting, mirror } = useDesk()
  const title = mirror.graph.panel(run.panel)?.properties.title ?? say("a removed panel")
  const name = say("{handler} of {title}", { handler: run.handler, title })
  const params = { workspace, run: run.run }

  const act = async (work: () => Promise<unknown>, done: string, failed: string) => {
    try {
      await work()
      toast({ tone: "good", title: done })
    } catch (error) {
      toast({ tone: "wrong", title: failed, detail: sentence(error) })
    }
    await waiting.refresh()
  }

  const cancel = async () => {
    const yes = await confirm({
      title: say("Cancel {name}?", { name }),
      text: say("It ends where it waits and does not go on. What it changed so far stays."),
      action: say("Cancel the run"),
      tone: "wrong",
    })
    if (yes)
      await act(
        () => api.call(endpoints.cancelRun, { params }),
        say("Cancelled {name}", { name }),
        say("It was not cancelled"),
      )
  }

  const goOn = async (how: GoOn) => {
    if (how === "resume" && run.waitsFor.includes("ask.ask")) {
      const yes = await confirm({
        title: say("Go on without an answer?"),
        text: say("The handler is told that nobody answered. One that does not expect it ends with that failure."),
        action: say("Go on"),
      })
      if (!yes) return
    }
    const body = { how }
    await act(() => api.call(endpoints.continueRun, { params, body }), DONE[how](name), FAILED[how])
  }
  return { title, name, cancel, goOn }
}

const DONE: Readonly<Record<GoOn, (name: string) => string>> = {
  resume: (name) => say("Goes on now: {name}", { name }),
  restart: (name) => say("Started again: {name}", { name }),
  discard: (name) => say("Discarded {name}", { name }),
}
const FAILED: Readonly<Record<GoOn, string>> = {
  resume: say("It does not go on"),
  restart: say("It was not started again"),
  discard: say("It was not discarded"),
}
