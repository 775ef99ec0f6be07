import { type ApiClient, AssistantEvent, type AssistantTurn, askAssistant, type Patch } from "@nexus/protocol"
import { createStore, type StoreApi } from "zustand"
import { refusal, sentence } from "../connect/sentence.ts"
import { say } from "../words/say.ts"
import { readEvents } from "./event-stream.ts"

/** One line of the talk. An answer grows while it streams. */
export interface TalkLine {
  readonly id: number
  readonly from: "person" | "assistant"
  readonly text: string
  readonly patches: readonly Patch[]
  readonly context?: { readonly tokens: number; readonly budget: number; readonly names: readonly string[] } | undefined
  readonly failed?: string | undefined
  readonly tokens?: number | undefined
}

interface TalkState {
  readonly lines: readonly TalkLine[]
  readonly busy: boolean
}

/** The talk with the assistant in one workspace; it outlives the drawer. */
export interface Talk {
  readonly store: StoreApi<TalkState>
  send(message: string, panel: string | undefined): Promise<void>
  stop(): void
}

const HISTORY = 20

export function createTalk(api: ApiClient, workspace: string): Talk {
  const store = createStore<TalkState>(() => ({ lines: [], busy: false }))
  let nextId = 1
  let running: AbortController | undefined

  const add = (from: TalkLine["from"], text: string) => {
    const line: TalkLine = { id: nextId++, from, text, patches: [] }
    store.setState(({ lines }) => ({ lines: [...lines, line] }))
    return line.id
  }
  const edit = (id: number, change: (line: TalkLine) => Partial<TalkLine>) =>
    store.setState(({ lines }) => ({
      lines: lines.map((line) => (line.id === id ? { ...line, ...change(line) } : line)),
    }))

  const take = (id: number, event: AssistantEvent) => {
    switch (event.kind) {
      case "context":
        return edit(id, () => ({
          context: { tokens: event.tokens, budget: event.budget, names: event.entities.map(({ name }) => name) },
        }))
      case "text":
        return edit(id, ({ text }) => ({ text: text + event.delta }))
      case "patch":
        return edit(id, ({ patches }) => ({ patches: [...patches, event.patch] }))
      case "failed":
        return edit(id, () => ({ failed: refusal(event.failure) }))
      case "done":
        return edit(id, () => ({ tokens: event.usage && event.usage.inputTokens + event.usage.outputTokens }))
    }
  }

  return {
    store,
    async send(message, panel) {
      if (store.getState().busy) return
      const history = toHistory(store.getState().lines)
      add("person", message)
      const id = add("assistant", "")
      store.setState({ busy: true })
      running = new AbortController()
      const { signal } = running
      try {
        const question = { workspace, message, history, ...(panel === undefined ? {} : { panel }) }
        const answer = await api.open(askAssistant, { body: question, signal })
        if (!answer.body) throw new Error("The answer came without a body. Ask again.")
        for await (const { event, data } of readEvents(answer.body)) {
          const parsed = AssistantEvent.safeParse({ ...JSON.parse(data), kind: event })
          if (parsed.success) take(id, parsed.data)
        }
      } catch (error) {
        edit(id, () => ({ failed: signal.aborted ? say("Stopped.") : sentence(error) }))
      } finally {
        store.setState({ busy: false })
      }
    },
    stop: () => running?.abort(),
  }
}

/** What was said before, without what failed. */
function toHistory(lines: readonly TalkLine[]): AssistantTurn[] {
  return lines
    .filter(({ text, failed }) => text !== "" && failed === undefined)
    .slice(-HISTORY)
    .map(({ from, text }) => ({ role: from, text }))
}
