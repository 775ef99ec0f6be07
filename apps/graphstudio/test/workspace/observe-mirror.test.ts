import { type Failure, Graph, NexusError } from "@nexus/protocol"
import { type HandlerFinished, SessionState, type WorkspaceMirror } from "@nexus/reactor/client"
import { describe, expect, it } from "vitest"
import { createActivity } from "../../src/workspace/activity.ts"
import { observeMirror } from "../../src/workspace/observe-mirror.ts"

const stop = () => () => {}

/** A small mirror whose every run ends as `outcome` says. */
function mirrorWhere(outcome: () => Promise<HandlerFinished>): WorkspaceMirror {
  return {
    workspace: "ws",
    graph: new Graph(),
    role: "editor",
    viewer: undefined,
    closed: undefined,
    levelOf: () => "change",
    seq: 0,
    ready: Promise.resolve(),
    peers: [],
    queued: 0,
    safe: true,
    conflicts: [],
    canUndo: false,
    steps: { undo: [], redo: [] },
    canRedo: false,
    submit: async () => ({ seq: 1 }),
    trigger: outcome,
    onTouched: stop,
    onLog: stop,
    onView: stop,
    onHistory: stop,
    onRuns: stop,
    onQueue: stop,
    onConflicts: stop,
    onPeers: stop,
    onDocument: stop,
    session: () => new SessionState(),
    undo: async () => false,
    redo: async () => false,
    overwrite: async () => ({ seq: 1 }),
    discard: () => {},
    flush: async () => {},
    setPresence: () => {},
    sendDocument: () => {},
    close: () => {},
  }
}

function finished(parts: Partial<HandlerFinished>): Promise<HandlerFinished> {
  return Promise.resolve({ kind: "handler_finished", ref: "r", run: "run", status: "finished", seq: 1, ...parts })
}

const refused: Failure = { code: "capability-denied", capability: "time", detail: "nobody granted it" }

async function runOnce(outcome: () => Promise<HandlerFinished>) {
  const activity = createActivity()
  const mirror = observeMirror(mirrorWhere(outcome), activity, () => 42)
  const run = mirror.trigger("p1", "tick", { by: 1 })
  const during = activity.getState().panels.p1?.running
  await run.catch(() => {})
  return { during, after: activity.getState().panels.p1, pending: activity.getState().pending }
}

describe("a mirror that is watched", () => {
  it("shows a run while it lasts and writes it into the log", async () => {
    const usage = { wallMs: 1.66, cpuMs: 1, memoryBytes: 0, hostCalls: 0 }
    const { during, after, pending } = await runOnce(() => finished({ usage }))
    expect([during, after?.running, pending]).toEqual([1, 0, 0])
    expect(after?.log).toMatchObject([{ at: 42, handler: "tick", message: "finished in 1.7 ms" }])
  })

  it("keeps what was refused, so that a grant can run it again", async () => {
    const { after } = await runOnce(() => finished({ status: "failed", failure: refused }))
    expect(after).toMatchObject({ denied: { handler: "tick", args: { by: 1 } }, failure: refused })
  })

  it("how a run failed is left to the kernel's own line in the log", async () => {
    const { after } = await runOnce(() => finished({ status: "failed", failure: refused }))
    expect(after?.log).toEqual([])
  })

  it("a run that the kernel refuses to start ends too", async () => {
    const { after } = await runOnce(() => Promise.reject(new NexusError({ code: "conflict", detail: "Busy." })))
    expect([after?.running, after?.failure?.code, after?.denied]).toEqual([0, "conflict", undefined])
    expect(after?.log).toMatchObject([{ level: "error", message: "Busy." }])
  })

  it("a run that waits is no failed one, and its log says that it waits", async () => {
    const { after } = await runOnce(() => finished({ status: "waiting" }))
    expect(after).toMatchObject({ failure: undefined, log: [{ message: "waits", run: "run" }] })
  })
})
