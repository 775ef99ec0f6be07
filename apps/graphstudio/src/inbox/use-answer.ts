import { endpoints, type QuestionAnswer } from "@nexus/protocol"
import { useState } from "react"
import { sentence } from "../connect/sentence.ts"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"

const SHOWN = 40

/** Answers a question once; `sending` is the answer that is on its way. The question is gone when the kernel has it. */
export function useAnswer({ id, panel, question }: QuestionAnswer) {
  const { api, workspace, waiting, mirror } = useDesk()
  const [sending, setSending] = useState<string>()

  /** Whether it was taken. */
  const answer = async (text: string): Promise<boolean> => {
    if (sending !== undefined) return false
    setSending(text)
    const title = mirror.graph.panel(panel)?.properties.title ?? say("The panel")
    let taken = true
    try {
      await api.call(endpoints.answerQuestion, { params: { workspace, question: id }, body: { answer: text } })
      const said = text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text
      toast({ tone: "good", title: say("Answered “{said}”", { said }), detail: `${title}: ${question}` })
    } catch (error) {
      taken = false
      toast({ tone: "wrong", title: say("That was not answered"), detail: sentence(error) })
    }
    await waiting.refresh()
    setSending(undefined)
    return taken
  }
  return { answer, sending }
}
