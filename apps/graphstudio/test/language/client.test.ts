import { MessageChannel } from "node:worker_threads"
import type { ComponentDeclaration } from "@nexus/protocol"
import { expect, onTestFinished, test } from "vitest"
import { createAnswerer, tokensIn, withEdits } from "../../src/language/answerer.ts"
import { LanguageClient } from "../../src/language/client.ts"
import type { FromWorker, Reading, Surroundings, ToWorker } from "../../src/language/messages.ts"

const SOURCE = `<NexusPanel title="Tea">
  <Data><State name="cups" type="number"/></Data>
  <View><Metric label="Cups" value="{$state.cups}"/></View>
</NexusPanel>
`

/** A client and its worker's answerer at the two ends of a real channel; `said` is all that came back over it. */
function openText(source = SOURCE, around: Surroundings = { components: [], panels: [] }) {
  const said: FromWorker[] = []
  const readings: Reading[] = []
  const failures: string[] = []
  const workers: (() => void)[] = []
  const text = { now: source }
  const start = () => {
    const { port1, port2 } = new MessageChannel()
    const hear = createAnswerer({
      post: (message) => port2.postMessage(message),
      later: (work) => setImmediate(work),
    })
    port2.on("message", (message: ToWorker) => hear(message))
    workers.push(() => port2.close())
    return {
      postMessage: (message: ToWorker) => port1.postMessage(message),
      listen: (told: (message: FromWorker) => void, ended: () => void) => {
        port1.on("close", ended)
        port1.on("message", (message: FromWorker) => {
          said.push(message)
          told(message)
        })
      },
      close: () => port1.close(),
    }
  }
  const client = new LanguageClient({
    source: () => text.now,
    around,
    start,
    onReading: (reading) => readings.push(reading),
    onFailure: (message) => failures.push(message),
  })
  onTestFinished(() => client.close())
  return { client, said, readings, failures, workers, text }
}

/** What is on the screen. */
const SEEN = { from: 0, to: SOURCE.length }
const codes = (readings: readonly Reading[]) => readings.at(-1)?.diagnostics.map(({ code }) => code)
const insert = (offset: number, text: string) => [{ offset, length: 0, text }]

test("a text that was opened is read, and works when it has no error", async () => {
  const { readings } = openText()
  await expect.poll(() => readings).toHaveLength(1)
  expect(readings[0]).toMatchObject({ diagnostics: [], works: true })
})

test("a mistake is told with its code, and the text does not work", async () => {
  const { readings } = openText(SOURCE.replace("$state.cups", "$state.cup"))
  await expect.poll(() => codes(readings)).toContain("undefined-state")
  expect(readings.at(-1)?.works).toBe(false)
})

test("the components of the workspace's packages are known, and its other panels are completed", async () => {
  const rating: ComponentDeclaration = {
    name: "Rating",
    doc: "A score.",
    props: { label: { type: "string", doc: "What is rated." } },
    events: {},
    children: "none",
    width: { min: 80, ideal: 160, max: 320 },
    example: "<Rating/>",
  }
  const source = '<NexusPanel title="T"><View><Rating lable="Soup"/><Embed panel=""/></View></NexusPanel>'
  const around = { components: [rating], panels: [{ title: "Kitchen", names: ["stock"] }] }
  const { client, readings } = openText(source, around)
  await expect.poll(() => codes(readings)).toEqual(["unknown-attribute"])
  const list = await client.ask("completions", { offset: source.indexOf('panel="') + 7 })
  expect(list?.map(({ label }) => label)).toContain("Kitchen")
})

test("a burst of keys is read at its end; a reading of a text that was typed over is never told", async () => {
  const { client, readings, said } = openText()
  const at = SOURCE.indexOf("cups}")
  for (const [index, letter] of [..."more"].entries()) client.edit(insert(at + index, letter), SEEN)
  await expect.poll(() => codes(readings)).toContain("undefined-state")
  expect(readings).toHaveLength(1)
  expect(readings[0]?.diagnostics.map(({ message }) => message).join()).toContain("morecups")
  expect(said.filter(({ kind }) => kind === "read").length).toBeLessThanOrEqual(2)
})

test("an answer is about the text as it is now", async () => {
  const { client } = openText()
  client.edit(insert(SOURCE.indexOf("cups}"), "$"), SEEN)
  client.edit([{ offset: SOURCE.indexOf("$cups}") + 1, length: 0, text: "" }], SEEN)
  const renameable = await client.ask("renameable", { offset: SOURCE.indexOf('cups"') + 1 })
  expect(renameable).toMatchObject({ name: "cups", kind: "state" })
})

test("a question is answered with nothing when something was typed before the answer came", async () => {
  const { client } = openText()
  const completions = client.ask("completions", { offset: SOURCE.indexOf("cups}") })
  client.edit(insert(0, " "), SEEN)
  expect(await completions).toBeUndefined()
  expect(await client.ask("completions", { offset: SOURCE.indexOf("cups}") + 1 })).toMatchObject([{ label: "cups" }])
})

test("whoever still waits when the editor closes is let go", async () => {
  const { client } = openText()
  const hover = client.ask("hover", { offset: 1 })
  client.close()
  expect(await hover).toBeUndefined()
})

test("the elements around a place are told from outside in", async () => {
  const { client } = openText()
  const path = await client.ask("crumbs", { offset: SOURCE.indexOf("{$state") })
  expect(path?.map(({ name }) => name)).toEqual(["NexusPanel Tea", "View", "Metric Cups"])
})

test("colours are given for the stretch that was asked for, what touches its ends included", () => {
  const tokens = [0, 10, 20, 30].map((offset) => ({ offset, length: 5, kind: "element" as const }))
  const found = (from: number, to: number) => tokensIn(tokens, from, to).map(({ offset }) => offset)
  expect(found(0, 100)).toEqual([0, 10, 20, 30])
  expect(found(12, 21)).toEqual([10, 20])
  expect(found(16, 20)).toEqual([])
  expect(found(40, 90)).toEqual([])
})

test("edits count in the text before them, however many there are", () => {
  const edits = [
    { offset: 0, length: 1, text: "J" },
    { offset: 5, length: 0, text: "," },
    { offset: 6, length: 5, text: "you" },
  ]
  expect(withEdits("Hello world", edits)).toBe("Jello, you")
})

test("a worker that ends is replaced by one that knows the text as it is now", async () => {
  const { client, readings, workers, text } = openText()
  await expect.poll(() => readings).toHaveLength(1)
  text.now = SOURCE.replace("$state.cups", "$state.cup")
  client.edit([{ offset: SOURCE.indexOf("$state.cups") + 10, length: 1, text: "" }], SEEN)
  workers[0]?.()
  await expect.poll(() => workers.length).toBe(2)
  await expect.poll(() => codes(readings)).toContain("undefined-state")
  const hover = await client.ask("hover", { offset: text.now.indexOf("<Metric") + 2 })
  expect(hover?.text).toContain("Metric")
})

test("a text that ends every worker is told to its writer instead of being tried for ever", async () => {
  const { failures, workers } = openText()
  for (let started = 1; started <= 5; started++) {
    await expect.poll(() => workers.length).toBe(started)
    workers[started - 1]?.()
  }
  await expect.poll(() => failures).toHaveLength(1)
  expect(workers).toHaveLength(5)
})
