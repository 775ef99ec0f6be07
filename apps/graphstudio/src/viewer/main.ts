import "../no-eval.ts"
import { createConnection } from "@nexus/reactor/client"
import { createLivePanel, createPreviewPanel, hydratePanel } from "@nexus/reactor/react"
import { decodePanel } from "@nexus/reactor/viewer"
import { createSession } from "../connect/session.ts"
import { Page } from "./page.ts"

/**
 * One panel as a page: takes over the HTML that the kernel painted, then follows the workspace. It loads no parser: the
 * panel comes compiled. When its source changes, the page is asked for anew.
 */
const element = document.getElementById("nexus-panel")
const data = document.getElementById("nexus-page")?.textContent
if (!element || !data) throw new Error("this page holds no panel")
const page = Page.parse(JSON.parse(data))
const { panel } = decodePanel(Uint8Array.from(atob(page.compiled), (char) => char.charCodeAt(0)))
const { panel: id, width } = page

const hydrated = hydratePanel(element, createPreviewPanel(panel, page.state, { id }), { width })
element.dataset.state = "hydrated"

const session = createSession({
  fetch: (input, init) => fetch(input, init),
  clock: () => Date.now(),
  memory: localStorage,
  alone: (work) => navigator.locks?.request("nexus-refresh", work) ?? work(),
})
await session.resume()
if (session.store.getState().status === "signed-in") await goLive()

async function goLive(): Promise<void> {
  const url = new URL("/panels/stream", location.href)
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:"
  const mirror = createConnection({ url: url.href, token: session.token }).open(page.workspace)
  await mirror.ready
  const source = () => mirror.graph.panel(id)?.properties.source
  const painted = source()
  hydrated.show(createLivePanel({ id, panel, mirror }))
  if (element) element.dataset.state = "live"
  mirror.onTouched(() => {
    if (source() !== painted) location.reload()
  })
}
