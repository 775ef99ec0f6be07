import type { Contender, Goal } from "./measure.ts"
import { openEditor } from "./studio-page.ts"

/**
 * One key typed in the middle of a panel, in a real browser: until the next frame is painted, and until the mistakes of
 * the new text are known. A panel of 5,000 lines against one of a dozen: whoever types must not feel how long it is.
 */
const LINES = 5000

function makePanel(lines: number): string {
  const head = ['<NexusPanel title="Measured" version="1.0.0">', "  <Data>", '    <State name="draft" type="string"/>']
  const logic: string[] = []
  const kinds = Math.max(1, Math.floor(lines / 125))
  for (let kind = 0; kind < kinds; kind++) {
    head.push(`    <State name="list${kind}" type="list" default="[]"/>`)
    head.push(`    <Computed name="open${kind}" value="{$state.list${kind}.filter(item => !item.done).length}"/>`)
    for (let handler = 0; handler < 5; handler++)
      logic.push(
        `    <Handler name="add${kind}_${handler}">`,
        `      if (!$args.title) throw new Error("Say what to add to ${kind}")`,
        `      $state.list${kind}.push({ id: $id(), title: $args.title, size: ${handler}, done: false })`,
        `      $log.info("added", $args.title)`,
        "    </Handler>",
      )
  }
  const view: string[] = []
  for (let part = 0; part === 0 || head.length + logic.length + view.length < lines - 12; part++) {
    const kind = part % kinds
    view.push(
      `    <Container title="Part ${part}" surface="card">`,
      `      <Metric label="Open" value="{$computed.open${kind}}" unit="pieces"/>`,
      `      <Form onSubmit="add${kind}_${part % 5}({ title: $state.draft }); $state.draft = ''">`,
      `        <Input label="Title of ${part}" bind="$state.draft"/>`,
      '        <Button label="Add"/>',
      "      </Form>",
      `      <Each items="{$state.list${kind}}" as="item" key="{item.id}">`,
      '        <Switch label="{item.title}" bind="item.done"/>',
      "      </Each>",
      `      <Text content="Nothing else in ${part} "/>`,
      "    </Container>",
    )
  }
  const ends = ["  </View>", "</NexusPanel>", ""]
  return [...head, "  </Data>", "  <Logic>", ...logic, "  </Logic>", "  <View>", ...view, ...ends].join("\n")
}

/** Between two keys, as a quick typist's hands leave it. */
const BETWEEN_KEYS_MS = 90

async function typing(lines: number, figure: "painted" | "read"): Promise<Contender> {
  const { page, close } = await openEditor(makePanel(lines))
  // The first preview of a large panel takes a while; what is measured is typing, not opening.
  await page.waitForTimeout(5000)
  await page.evaluate(() => {
    const waiting: { painted: ((ms: number) => void)[]; read: ((ms: number) => void)[] } = { painted: [], read: [] }
    Object.assign(globalThis, {
      next: (what: "painted" | "read") => new Promise<number>((resolve) => waiting[what].push(resolve)),
    })
    addEventListener(
      "keydown",
      () => {
        const start = performance.now()
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => waiting.painted.shift()?.(performance.now() - start)
          port2.postMessage(0)
        })
      },
      true,
    )
    new PerformanceObserver((list) => {
      for (const entry of list.getEntriesByName("nxml: typed to read")) waiting.read.shift()?.(entry.duration)
    }).observe({ type: "measure" })
  })
  await page.locator(".cm-scroller").evaluate((scroller) => {
    scroller.scrollTop = scroller.scrollHeight * 0.6
  })
  await page.waitForTimeout(500)
  await page.locator(".cm-line", { hasText: "Nothing else" }).first().click()
  await page.keyboard.press("End")
  for (const _ of '"/>') await page.keyboard.press("ArrowLeft")
  await page.waitForTimeout(1000)
  return {
    run: async () => {
      const measured = page.evaluate<number>(`next("${figure}")`)
      await page.keyboard.press("e")
      const ms = await measured
      await page.waitForTimeout(BETWEEN_KEYS_MS)
      return ms
    },
    close,
    warmups: 10,
    samples: 60,
  }
}

export const goal: Goal = {
  id: "R9",
  what: "one key in a panel of 5,000 lines, in Chromium",
  rounds: 2,
  contenders: {
    "key to paint": () => typing(LINES, "painted"),
    "key to paint, 20 lines": () => typing(20, "painted"),
    "key to mistakes": () => typing(LINES, "read"),
  },
  claims: [
    { ours: "key to paint", atMostMs: 32 },
    { ours: "key to paint", peer: "key to paint, 20 lines", timesSlower: 1.5 },
    { ours: "key to mistakes", atMostMs: 100 },
  ],
}
