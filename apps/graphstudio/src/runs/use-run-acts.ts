import { endpoints, type WaitingRunAnswer } from "@nexus/protocol"
import { sentence } from "../connect/sentence.ts"
import { confirm } from "../ui/ask.ts"
import { toast } from "../ui/toasts.ts"
import { useDesk } from "../workspace/desk-context.ts"

export type GoOn = "resume" | "restart" | "discard"

/** What a person can do with a run that waits. What cannot be taken back asks first. */
export function useRunActs(run: WaitingRunAnswer) {
  const { api, workspace, waiting, mirror } = useDesk()
  const title = mirror.graph.panel(run.panel)?.properties.title ?? "a removed panel"
  const name = `${run.handler} of ${title}`
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
      title: `Cancel ${name}?`,
      text: "It ends where it waits and does not go on. What it changed so far stays.",
      action: "Cancel the run",
      tone: "wrong",
    })
    if (yes) await act(() => api.call(endpoints.cancelRun, { params }), `Cancelled ${name}`, "It was not cancelled")
  }

  const goOn = async (how: GoOn) => {
    if (how === "resume" && run.waitsFor.includes("ask.ask")) {
      const yes = await confirm({
        title: "Go on without an answer?",
        text: "The handler is told that nobody answered. One that does not expect it ends with that failure.",
        action: "Go on",
      })
      if (!yes) return
    }
    const body = { how }
    await act(() => api.call(endpoints.continueRun, { params, body }), `${DONE[how]} ${name}`, FAILED[how])
  }
  return { title, name, cancel, goOn }
}

const DONE: Readonly<Record<GoOn, string>> = {
  resume: "Goes on now:",
  restart: "Started again:",
  discard: "Discarded",
}
const FAILED: Readonly<Record<GoOn, string>> = {
  resume: "It does not go on",
  restart: "It was not started again",
  discard: "It was not discarded",
}
