import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import type { Operation } from "@nexus/protocol"
import type { Page } from "playwright-core"
import { rolldown } from "rolldown"
import { createPanning } from "./frames.ts"
import { createSubmitter, newPanel } from "./kernel-process.ts"
import type { Contender, Goal } from "./measure.ts"
import { openBrowser, startStudio } from "./studio-page.ts"

/**
 * 200 living panels, each with a value that somebody else changes once a second, against a bare React Flow with as many
 * empty nodes in the same places and nothing that happens: near, where some are in sight, and so far out that all are.
 */
const PANELS = 200
const COLUMNS = 16
const TICKS_PER_SECOND = 10
const SIZE = { w: 320, h: 240 }
const VIEWS = { near: { x: -400, y: -300, zoom: 1 }, far: { x: 20, y: 20, zoom: 0.25 } } as const
type View = keyof typeof VIEWS

const SOURCE = `<NexusPanel title="Measured" version="1.0.0">
  <Data><State name="count" type="number"/></Data>
  <Logic><Handler name="add">$state.count += 1</Handler></Logic>
  <View><Metric label="Count" value="{$state.count}"/><Text content="One of many, and it lives."/><Button label="Add" onClick="add()"/></View>
</NexusPanel>`

const placeOf = (index: number) => ({ x: (index % COLUMNS) * 344, y: Math.floor(index / COLUMNS) * 264 })

async function studio(view: View): Promise<Contender> {
  const { browser, url, token, signIn, close } = await startStudio()
  const workspace = await firstWorkspace(url, token)
  const { submit } = await createSubmitter(`${url.replace("http", "ws")}/panels/stream`, token, workspace)
  await submit(Array.from({ length: PANELS }, (_, index) => panelAt(index, workspace)))
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  await context.addInitScript(([key, at]) => localStorage.setItem(key, at), [
    `nexus.view.${workspace}`,
    JSON.stringify({ ...VIEWS[view], window: 1440 }),
  ] as const)
  const page = await context.newPage()
  await page.goto(signIn)
  await page.getByRole("region", { name: "Measured" }).nth(8).waitFor()
  await allAwake(page)
  let tick = 0
  const timer = setInterval(() => {
    tick += 1
    const share = PANELS / TICKS_PER_SECOND
    const first = (tick % TICKS_PER_SECOND) * share
    submit(
      Array.from({ length: share }, (_, index) => ({
        kind: "state_set",
        panel: `panel-${first + index}`,
        path: ["count"],
        value: tick,
      })),
    ).catch(() => clearInterval(timer))
  }, 1000 / TICKS_PER_SECOND)
  return panning(page, async () => {
    clearInterval(timer)
    await close()
  })
}

/** Panels come alive one after another; what is measured is a canvas on which all that should have. */
async function allAwake(page: Page): Promise<void> {
  const alive = page.locator(".react-flow__node .nx-panel")
  let before = 0
  for (let now = await alive.count(); now === 0 || now > before; now = await alive.count()) {
    before = now
    await page.waitForTimeout(1000)
  }
}

async function firstWorkspace(url: string, token: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/workspaces`, { headers: { authorization: `Bearer ${token}` } })
  const { workspaces }: { workspaces: readonly { id: string }[] } = await answer.json()
  const [first] = workspaces
  if (!first) throw new Error("nexus serve began without a workspace")
  return first.id
}

function panelAt(index: number, scope: string): Operation {
  const added = newPanel(`panel-${index}`, SOURCE)
  if (added.kind !== "entity_add") return added
  const properties = { ...added.entity.properties, frame: { ...placeOf(index), ...SIZE } }
  return { ...added, entity: { ...added.entity, scope, properties } }
}

async function bare(view: View): Promise<Contender> {
  const browser = await openBrowser()
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  const nodes = Array.from({ length: PANELS }, (_, index) => ({
    id: `${index}`,
    position: placeOf(index),
    width: SIZE.w,
    height: SIZE.h,
    data: { label: "" },
  }))
  const { resolve } = createRequire(join(import.meta.dirname, "../../apps/graphstudio/package.json"))
  const css = readFileSync(resolve("@xyflow/react/dist/style.css"), "utf8")
  await page.setContent(
    `<!doctype html><style>${css} html,body,#root{height:100%;margin:0}</style><div id="root"></div>`,
  )
  await page.addScriptTag({ content: await bundle(JSON.stringify(nodes), JSON.stringify(VIEWS[view])) })
  await page
    .locator(".react-flow__node")
    .nth(PANELS - 1)
    .waitFor({ state: "attached" })
  return panning(page, () => browser.close())
}

async function bundle(nodes: string, viewport: string): Promise<string> {
  const folder = mkdtempSync(join(import.meta.dirname, "../../apps/graphstudio/.bench-"))
  const code = `import { createElement } from "react"
    import { createRoot } from "react-dom/client"
    import { ReactFlow } from "@xyflow/react"
    createRoot(document.querySelector("#root")).render(createElement(ReactFlow,
      { defaultNodes: ${nodes}, defaultViewport: ${viewport}, minZoom: 0.1, panOnScroll: true }))`
  const input = "virtual:bare"
  const build = await rolldown({
    input,
    cwd: folder,
    platform: "browser",
    transform: { define: { "process.env.NODE_ENV": '"production"' } },
    plugins: [
      {
        name: "bare",
        resolveId: (id) => (id === input ? join(folder, "bare.js") : undefined),
        load: (id) => (id === join(folder, "bare.js") ? code : undefined),
      },
    ],
  })
  const { output } = await build.generate({ format: "iife", minify: true })
  rmSync(folder, { recursive: true })
  return output[0].code
}

async function panning(page: Parameters<typeof createPanning>[0], close: () => Promise<void>): Promise<Contender> {
  const pan = await createPanning(page)
  let back = false
  return {
    run: () => {
      back = !back
      return pan(!back)
    },
    close,
    // An opened page is busy for some seconds more: scripts for later, a sandbox, panels that wake as they come into sight.
    warmups: 6,
    samples: 6,
  }
}

export const goal: Goal = {
  id: "G2",
  what: "a frame while panning over 200 living panels",
  rounds: 3,
  contenders: {
    "studio, near": () => studio("near"),
    "bare React Flow, near": () => bare("near"),
    "studio, all in sight": () => studio("far"),
    "bare React Flow, all in sight": () => bare("far"),
  },
  claims: [
    { ours: "studio, near", peer: "bare React Flow, near", timesSlower: 1.2 },
    { ours: "studio, all in sight", peer: "bare React Flow, all in sight", timesSlower: 1.2 },
  ],
}
