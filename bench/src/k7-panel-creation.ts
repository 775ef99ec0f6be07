import { readFileSync } from "node:fs"
import type { WorkspaceMirror } from "@nexus/reactor/client"
import { newPanel, startKernel } from "./kernel-process.ts"
import type { Contender, Goal } from "./measure.ts"

/**
 * How long it takes to put a panel on the canvas, from asking until another person's mirror has it: NXML read, checked and
 * derived, written to the journal for good, told to everybody. Over HTTP and over the socket, into a workspace that has
 * a hundred panels already. The panel is one that people use; its NXML is another each time, so that nothing read before helps.
 */
const PANELS_BEFORE = 100
const SAMPLES = 200
const source = readFileSync(new URL("../../gallery/groceries/panel.nxml", import.meta.url), "utf8")
const another = (number: number) => source.replace("</NexusPanel>", `<!-- ${number} --></NexusPanel>`)

async function created(how: "http" | "socket"): Promise<Contender> {
  const kernel = await startKernel()
  const watcher = await kernel.open()
  const client = await kernel.submitter()
  for (let number = 0; number < PANELS_BEFORE; number += 1) await client.submit([newPanel(`before_${number}`)])
  let made = 0
  return {
    run: async () => {
      made += 1
      const next = arrival(watcher)
      const start = performance.now()
      if (how === "http") await kernel.post("/panels", { source: another(made) })
      else await client.submit([newPanel(`made_${made}`, another(made))])
      await next
      return performance.now() - start
    },
    close: () => kernel.close(),
    warmups: 20,
    samples: SAMPLES,
  }
}

/** Resolves when the mirror has a panel that it had not. */
function arrival(mirror: WorkspaceMirror): Promise<void> {
  return new Promise((resolve) => {
    const stop = mirror.onTouched((touched) => {
      if (!touched.some(({ id }) => mirror.graph.panel(id))) return
      stop()
      resolve()
    })
  })
}

export const goal: Goal = {
  id: "K7",
  what: "panel creation, end to end",
  rounds: 3,
  contenders: { "over HTTP": () => created("http"), "over the socket": () => created("socket") },
  claims: [
    { ours: "over HTTP", figure: "p99", atMostMs: 200 },
    { ours: "over the socket", figure: "p99", atMostMs: 200 },
  ],
}
