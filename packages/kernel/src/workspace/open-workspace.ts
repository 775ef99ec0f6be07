import { setTimeout as wait } from "node:timers/promises"
import { apply, type Change, Graph, type Limits, NexusError, type Role, sentenceOf } from "@nexus/protocol"
import type { Sandbox } from "@nexus/wasm-bridge"
import { EventHub } from "../capabilities/event-hub.ts"
import type { HttpClient } from "../capabilities/http.ts"
import type { Models } from "../capabilities/models.ts"
import type { Databases } from "../databases/databases.ts"
import { Documents } from "../documents/documents.ts"
import type { Files } from "../files/files.ts"
import { Gate } from "../narrowing/gate.ts"
import { openNarrowing } from "../narrowing/narrowing.ts"
import { NO_QUOTAS, openQuota, type QuotaSettings } from "../quotas/workspace-quota.ts"
import type { RunRecorder } from "../records/recorder.ts"
import type { Journal } from "../storage/journal.ts"
import { advance } from "./advance.ts"
import { Audience } from "./audience.ts"
import { signComments } from "./comment-rules.ts"
import { Commits } from "./commit.ts"
import { GrantLog } from "./grant-log.ts"
import { Lanes } from "./lane.ts"
import { alone, type Lease, type Leases } from "./lease.ts"
import { RecentChanges } from "./recent.ts"
import { Refusals } from "./refusals.ts"
import { refuseSubmission } from "./rules.ts"
import { Run } from "./run.ts"
import type { RunEvent } from "./run-event.ts"
import { openRunLimits } from "./run-limits.ts"
import type { RunParts } from "./run-parts.ts"
import { RunsTeller } from "./runs-teller.ts"
import { Schedule } from "./schedule.ts"
import { Secrets } from "./secrets.ts"
import { Snapshots } from "./snapshots.ts"
import type { Sources } from "./sources.ts"
import { createWaitingRuns } from "./waiting/create-waiting-runs.ts"
import type { WaitingRun } from "./waiting/waiting-run.ts"
import { type WaitingOptions, Waits } from "./waiting/waits.ts"
import { Watches } from "./watches.ts"
import type { TriggerRequest, TriggerResult, Workspace } from "./workspace.ts"

/** What a workspace is made of; `main` hands these in once, every workspace shares them. */
export interface WorkspaceParts {
  readonly journal: Journal
  /** Absent: this kernel is alone with its journal. */
  readonly leases?: Leases
  readonly sandbox: Sandbox
  readonly sources: Sources
  readonly http: HttpClient
  readonly files: Files
  readonly databases: Databases
  readonly models: Models
  readonly limits: Limits
  readonly clock: () => number
  readonly seed: () => number
  /** How long a workspace whose journal refuses waits before it tries again. */
  readonly retryMs: number
  /** After how long a workspace that nobody asks for, and in which nothing goes on, is closed. */
  readonly idleMs: number
  /** What the open ones may take together; idle ones are closed to stay below. Absent: without an end. */
  readonly memoryBytes?: number
  readonly waiting?: WaitingOptions
  /** How long nobody types into a shared source before it is saved. */
  readonly quietMs?: number
  readonly onChange: (change: Change) => void
  readonly onEvent: (event: RunEvent) => void
  /** A workspace is closed here. Must not throw. */
  readonly onClosed?: (workspace: string) => void
  /** What somebody is in a workspace now; asked only where panels are narrowed. */
  readonly roleOf: (user: string, workspace: string) => Promise<Role | undefined>
  /** Absent: only the kernel's own limits are felt. */
  readonly quotas?: QuotaSettings
  /** Absent: runs are not recorded. */
  readonly records?: RunRecorder
  readonly log: (message: string, detail: object) => void
}

const PAGE = 1000
/** How long a closing workspace waits for runs under way and for waiting ones to be kept. */
const DRAIN_MS = 600
const REMEMBERED_RUNS = 1000

/** Takes the workspace: its lease, then from the journal the snapshot and the changes since. `onLost`: another has it. */
export async function openWorkspace(id: string, parts: WorkspaceParts, onLost: () => void): Promise<Workspace> {
  const audience = new Audience(id)
  let lost = false
  const lose = (): void => {
    if (lost) return
    lost = true
    audience.tell({ kind: "resync", workspace: id })
    onLost()
  }
  const lease = await (parts.leases ?? alone).take(id, lose)
  try {
    return await openHeld(id, parts, { audience, lease, lose })
  } catch (error) {
    await lease.release()
    throw error
  }
}

interface Hold {
  readonly audience: Audience
  readonly lease: Lease
  /** What happens when the workspace is another kernel's. */
  readonly lose: () => void
}

async function openHeld(id: string, parts: WorkspaceParts, { audience, lease, lose }: Hold): Promise<Workspace> {
  const { journal, sources, clock, log } = parts
  const epoch = await journal.acquire(id)
  const { graph, seq, savedSeq, recent } = await recover(id, journal)
  const narrowing = await openNarrowing(id, journal.values, graph)
  audience.showBy(({ user, role, own = role }) => narrowing.sightOf({ user, role: own }))
  const settings = parts.quotas ?? NO_QUOTAS
  const quota = await openQuota({ workspace: id, values: journal.values, settings, clock, log })
  let closing = false
  const recentChanges = new RecentChanges()
  const ending = new AbortController()

  const commits = new Commits(
    {
      workspace: id,
      journal,
      sources,
      clock,
      retryMs: parts.retryMs,
      log,
      isHeld: () => lease.held,
      onLost: lose,
      onChange: (change) => {
        try {
          parts.onChange(change)
        } catch (error) {
          // A reader of changes that breaks its promise never to throw stops nobody else.
          log("a change was not recorded", { workspace: id, seq: change.seq, error: String(error) })
        }
        recentChanges.add(change)
        narrowing.onChange(change)
        audience.tellChange(change)
        snapshots.onChange()
        schedule.onChange(change)
        watches.onChange(change)
        waits.onChange(change)
        documents.onChange(change)
      },
    },
    { graph, seq, epoch, recent },
  )
  const snapshots = new Snapshots(
    journal,
    { workspace: id, graph, seq: () => commits.seq, epoch: () => commits.epoch, now: clock },
    savedSeq,
    log,
  )
  const secrets = new Secrets(journal.values, id)
  const gate = new Gate({
    narrowing,
    audience,
    head: () => commits.head,
    sources,
    roleOf: (user) => parts.roleOf(user, id),
  })
  const commit: Workspace["commit"] = async (submission) => {
    if (gate.closed) await gate.checkChange(submission)
    quota.checkPanels(commits.head, submission.operations)
    const { durable } = await commits.submit(submission)
    return durable
  }
  const documents = new Documents({
    workspace: id,
    graph,
    sources,
    values: journal.values,
    commit: async (submission) => (await commit(submission)).seq,
    committed: async (submission) => (await journal.find(id, submission)) !== undefined,
    ...(parts.quietMs === undefined ? {} : { quietMs: parts.quietMs }),
    log,
  })
  const submit: Workspace["submit"] = async (submission) => {
    if (gate.closed) await gate.checkChange(submission)
    quota.checkPanels(commits.head, submission.operations)
    const { actor } = submission.cause
    const role = audience.roleOf(actor.id) ?? (await parts.roleOf(actor.id, id))
    const refusal = refuseSubmission(commits.head, id, submission.operations, { actor, role })
    if (refusal) throw new NexusError(refusal)
    const operations = signComments(commits.head, submission.operations, actor)
    const { rest, keep } = await secrets.split(commits.head, sources, operations)
    if (rest.length === 0) {
      await keep()
      return commits.seq
    }
    const { durable } = await commits.submit({ ...submission, operations: rest })
    const { seq } = await durable
    await keep()
    return seq
  }
  const refusals = new Refusals()
  /** What was asked and is not answered: it may still be looked at and have begun nothing. */
  let inHand = 0
  const whileInHand = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    inHand += 1
    try {
      return await work()
    } finally {
      inHand -= 1
    }
  }
  /** As handlers see it: with everything that is accepted. What they say of it waits for the journal. */
  const ahead = {
    id,
    commit,
    get graph() {
      return commits.head
    },
  }
  const limits = await openRunLimits({ workspace: id, values: journal.values, most: parts.limits, clock })
  const runsTeller = new RunsTeller(audience)
  const waits = new Waits({
    workspace: id,
    values: journal.values,
    waiting: parts.waiting,
    clock,
    onKeptChanged: () => runsTeller.changed(),
    log,
  })
  const runParts: RunParts = {
    ...parts,
    workspace: id,
    commits,
    audience,
    secrets,
    lanes: new Lanes(),
    values: journal.values,
    events: new EventHub(clock),
    waits,
    limits: () => limits.now,
    fileCalls: { files: parts.files, holder: ahead },
    trigger: (request) => trigger(request),
    signal: ending.signal,
  }
  const runs = new Map<string, Promise<TriggerResult>>()
  const running = new Set<Promise<TriggerResult>>()

  const trigger = async (request: TriggerRequest): Promise<TriggerResult> => {
    if (gate.closed) await gate.checkRun(request)
    if (closing) throw new NexusError({ code: "unavailable", what: "The workspace", detail: "it is closing" })
    const key = request.ref === undefined ? undefined : `${request.person?.id ?? ""} ${request.ref}`
    const known = key === undefined ? undefined : runs.get(key)
    if (!known && !request.callers) quota.takeRun()
    const run = new Run(runParts, request)
    const result = known ?? begin(run.execute(), key)
    const { onWaiting } = request
    if (onWaiting) {
      const forget = waits.onKept(run.id, () => onWaiting(run.id, commits.seq))
      result.then(forget, forget)
    }
    return result
  }
  const begin = (result: Promise<TriggerResult>, key: string | undefined): Promise<TriggerResult> => {
    running.add(result)
    const done = () => running.delete(result)
    result.then(done, done)
    if (key !== undefined) remember(runs, key, result)
    return result
  }
  /** A run that was kept goes on; who asked for it again by its ref is answered by it. */
  const start = (kept: WaitingRun): void => {
    const { run, request } = kept
    const { panel, handler, person, ref } = request
    const key = ref === undefined ? undefined : `${person?.id ?? ""} ${ref}`
    begin(new Run(runParts, request, run).goOn(kept), key).then(
      ({ failure }) => {
        if (failure) log("a run that had waited failed", { run, panel, handler, why: sentenceOf(failure) })
      },
      (error: unknown) => log("a run that had waited did not go on", { run, panel, handler, error: String(error) }),
    )
  }
  const schedule = new Schedule({ graph, sources, clock, trigger, log })
  const watches = new Watches({
    graph,
    sources,
    trigger,
    onStopped: (panel, handler, failure, { cause }) => {
      const message = `${sentenceOf(failure)} It rests until somebody else changes something.`
      const run = cause.run?.id ?? panel
      audience.tell({ kind: "log", workspace: id, panel, run, handler, level: "error", message, at: clock() })
    },
    log,
  })

  const changes: Workspace["changes"] = (after, limit) => journal.changes(id, after, limit)
  const grantLog = new GrantLog({ changes, graph, sources })
  const waiting = createWaitingRuns({ waits, graph, sources, trigger, start, log })
  const going = await waits.list()
  parts.records?.opened(
    id,
    going.map(({ run }) => run),
  )
  for (const kept of going) start(kept)

  return {
    id,
    graph,
    audience,
    documents,
    waiting,
    limits,
    narrowing,
    quota,
    seenBy: (user) => gate.seenBy(user, graph),
    get seq() {
      return commits.seq
    },
    get readOnly() {
      return commits.readOnly
    },
    get lost() {
      return !lease.held
    },
    get bytes() {
      return graph.bytes + commits.bytes + recentChanges.bytes + documents.bytes
    },
    get idle() {
      const asked = inHand > 0 || running.size > 0 || commits.busy
      return audience.size === 0 && !asked && !commits.readOnly && !schedule.waits
    },
    commit: (submission) => whileInHand(() => commit(submission)),
    submit: (submission) => whileInHand(() => refusals.first(submission, () => submit(submission))),
    prepare: (operations) => {
      const fork = graph.fork()
      const advanced = advance(fork, operations, sources)
      return advanced.ok ? { ok: true, operations: advanced.operations, graph: fork } : advanced
    },
    trigger: (request) => whileInHand(() => trigger(request)),
    recent: (after) => recentChanges.after(after, commits.seq),
    grants: (limit, before) => grantLog.read(limit, before),
    changes,
    close: async () => {
      closing = true
      if (commits.readOnly) documents.stop()
      else await Promise.race([documents.closeAll(), wait(DRAIN_MS / 2)])
      schedule.close()
      watches.close()
      await Promise.race([waits.park(), wait(DRAIN_MS / 2)])
      await Promise.race([Promise.allSettled([...running]), wait(DRAIN_MS / 2)])
      ending.abort()
      runsTeller.close()
      commits.close()
      await commits.settled().catch(() => undefined)
      await quota.close().catch((error: unknown) => log("used runs were not kept", { id, error: String(error) }))
      if (!commits.readOnly && lease.held) await snapshots.close()
      await lease.release()
    },
  }
}

async function recover(id: string, journal: Journal) {
  const snapshot = await journal.loadSnapshot(id)
  const graph = snapshot ? Graph.fromSnapshot(snapshot) : new Graph()
  const savedSeq = snapshot?.seq ?? 0
  const recent: Change[] = []
  let seq = savedSeq
  for (let page = await journal.changes(id, seq, PAGE); page.length > 0; page = await journal.changes(id, seq, PAGE)) {
    for (const change of page) {
      const applied = apply(graph, change.operations)
      if (!applied.ok || change.seq !== seq + 1) throw new Error(`change ${change.seq} of ${id} does not follow ${seq}`)
      seq = change.seq
    }
    recent.push(...page)
  }
  return { graph, seq, savedSeq, recent }
}

/** A request that failed before it ran may be asked again; the newest runs are remembered. */
function remember(runs: Map<string, Promise<TriggerResult>>, key: string, run: Promise<TriggerResult>): void {
  runs.set(key, run)
  run.catch(() => runs.delete(key))
  if (runs.size <= REMEMBERED_RUNS) return
  for (const oldest of runs.keys()) {
    runs.delete(oldest)
    break
  }
}
