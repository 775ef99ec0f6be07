import type { CDPSession, Page } from "playwright-core"
import { createSubmitter, newPanel, WORKSPACE } from "./kernel-process.ts"
import type { Contender, Goal } from "./measure.ts"
import { startStudio } from "./studio-page.ts"

/**
 * An hour of somebody at work, without the pauses: 600 acts, one each six seconds, while another person changes a value
 * with each. What the page holds is looked at after the garbage is collected, and the last quarter of the hour is held
 * against the second: the first one loads what is loaded once.
 */
const ACTS = Number(process.env.MEMORY_ACTS ?? 600)
const LOOKS = 12
const SEED = 7

const DRAWERS = ["V", "R", "Q", "P", "I", "H", "T", "Shift+C"]

type Act = (page: Page) => Promise<unknown>

const ACT_OF: readonly Act[] = [
  async (page) => {
    await onCanvas(page)
    await page.getByRole("region", { name: "Groceries", exact: true }).getByRole("switch").first().press("Space")
  },
  async (page) => {
    await page.mouse.move(700, 450)
    for (let index = 0; index < 6; index++) await page.mouse.wheel(60, 30)
    for (let index = 0; index < 6; index++) await page.mouse.wheel(-60, -30)
  },
  async (page) => {
    for (const key of DRAWERS) await press(page, key, key)
  },
  (page) => look(page, "ControlOrMeta+K"),
  (page) => look(page, "N"),
  (page) => look(page, "?"),
  async (page) => {
    await onCanvas(page)
    await page.keyboard.press("ControlOrMeta+Z")
    await page.keyboard.press("ControlOrMeta+Shift+Z")
  },
  async (page) => {
    await onCanvas(page)
    await page.locator(".react-flow__node").first().focus()
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowLeft")
  },
  (page) => press(page, "E", "E"),
  (page) => press(page, "M", "M"),
]

/** A dialog, opened and closed. */
async function look(page: Page, key: string): Promise<void> {
  await onCanvas(page)
  await page.keyboard.press(key)
  const dialog = page.getByRole("dialog").first()
  await dialog.waitFor()
  await page.keyboard.press("Escape")
  await dialog.waitFor({ state: "detached" })
}

/** What opens had two frames before it is closed. */
async function press(page: Page, open: string, close: string): Promise<void> {
  await onCanvas(page)
  await page.keyboard.press(open)
  await frame(page)
  await page.keyboard.press(close)
  await frame(page)
}

async function onCanvas(page: Page): Promise<void> {
  await page.keyboard.press("Escape")
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
}

const frame = (page: Page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))

interface Held {
  readonly heapMb: number
  readonly nodes: number
  readonly listeners: number
}

async function held(session: CDPSession): Promise<Held> {
  await session.send("HeapProfiler.collectGarbage")
  await session.send("HeapProfiler.collectGarbage")
  const { metrics } = await session.send("Performance.getMetrics")
  const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN
  return { heapMb: of("JSHeapUsedSize") / 1024 ** 2, nodes: of("Nodes"), listeners: of("JSEventListeners") }
}

let hour: Promise<Held> | undefined

/** By how many percent the page holds more at the end than in the second quarter. */
async function workAnHour(): Promise<Held> {
  const studio = await startStudio()
  const { submit } = await createSubmitter(`${studio.url.replace("http", "ws")}/panels/stream`, studio.token, WORKSPACE)
  await submit([newPanel("measured")])
  const page = await (await studio.browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  await page.goto(studio.signIn)
  await page.getByRole("region", { name: "Groceries", exact: true }).getByRole("switch").first().waitFor()
  const session = await page.context().newCDPSession(page)
  await session.send("Performance.enable")
  const looks: Held[] = []
  let state = SEED
  for (let done = 0; done < ACTS; done++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    await ACT_OF[state % ACT_OF.length]?.(page)
    await submit([{ kind: "state_set", panel: "measured", path: ["count"], value: done }])
    if ((done + 1) % Math.floor(ACTS / LOOKS) === 0) {
      looks.push(await held(session))
      const { heapMb, nodes, listeners } = looks.at(-1) ?? { heapMb: 0, nodes: 0, listeners: 0 }
      console.error(`after ${done + 1} acts: ${heapMb.toFixed(1)} MB, ${nodes} nodes, ${listeners} listeners`)
    }
  }
  await studio.close()
  const quarter = (from: number, of: (look: Held) => number) =>
    looks.slice(from, from + 3).reduce((sum, look) => sum + of(look), 0) / 3
  const grown = (of: (look: Held) => number) => Math.round((quarter(9, of) / quarter(3, of) - 1) * 1000) / 10
  return {
    heapMb: grown(({ heapMb }) => heapMb),
    nodes: grown(({ nodes }) => nodes),
    listeners: grown((it) => it.listeners),
  }
}

function growth(of: (grown: Held) => number): Contender {
  return {
    run: async () => {
      hour ??= workAnHour()
      return of(await hour)
    },
    warmups: 0,
    samples: 1,
  }
}

export const goal: Goal = {
  id: "G4",
  what: "what the page holds after an hour of work against its second quarter",
  rounds: 1,
  contenders: { heap: () => growth(({ heapMb }) => heapMb) },
  claims: [{ ours: "heap", atMost: 5, unit: "% more" }],
}
