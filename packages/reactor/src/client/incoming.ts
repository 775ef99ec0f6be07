import type { Change, Failure, Peer, ServerMessage } from "@nexus/protocol"
import type { Mirror } from "../store/mirror.ts"
import type { Following, Rights } from "./following.ts"
import type { KeptWork } from "./kept-work.ts"
import type { OwnRuns } from "./own-runs.ts"
import type { Requests } from "./requests.ts"
import type { Submissions } from "./submissions.ts"
import type { WorkspaceEvents } from "./workspace-events.ts"
import type { Viewer } from "./workspace-mirror.ts"

/** A kernel that lost this workspace to another is asked again after so long. */
const ELSEWHERE_MS = 250

interface IncomingParts {
  readonly mirror: Mirror
  readonly events: WorkspaceEvents
  readonly requests: Requests
  readonly following: Following
  readonly submissions: Submissions
  readonly kept: KeptWork
  readonly runs: OwnRuns
  readonly viewer: () => Viewer | undefined
}

/** What the kernel says about one workspace: into the mirror, to whoever asked, and to all who listen. A gap is asked for. */
export class Incoming {
  readonly #parts: IncomingParts
  #peers: readonly Peer[] = []

  constructor(parts: IncomingParts) {
    this.#parts = parts
  }

  get peers(): readonly Peer[] {
    return this.#peers
  }

  /** Asks for what was missed, or for all where nothing is here. */
  askSince(): void {
    const { following, mirror } = this.#parts
    following.ask(following.loaded ? mirror.seq : undefined)
  }

  receive(message: ServerMessage): void {
    const { mirror, events, requests, following, submissions, kept } = this.#parts
    switch (message.kind) {
      case "snapshot": {
        const { seq } = message.snapshot
        const { touched } = mirror.reset(message.snapshot, submissions.acceptedUntil(seq))
        this.#caughtUp(message)
        kept.snapshot(message.role, message.snapshot)
        events.touched.tell(touched, undefined)
        return
      }
      case "subscribed":
        if (message.seq !== mirror.seq) following.ask()
        else if (this.#caughtUp(message)) events.touched.tell([], undefined)
        return
      case "change":
        this.#change(message.change)
        return
      case "accepted":
        if (isOfDocument(message.ref)) events.documents.tell(message)
        else this.#accepted(message.ref, message.seq)
        return
      case "rejected":
        if (isOfDocument(message.ref)) events.documents.tell(message)
        else this.#rejected(message.ref, message.failure)
        return
      case "handler_finished":
        requests.finished(message)
        kept.answered(message.ref)
        return
      case "presence":
        this.#peers = message.peers
        events.peersChanged.tell(message.peers)
        return
      case "log":
        events.logged.tell(message)
        return
      case "runs_changed":
        events.runsChanged.tell()
        return
      case "view_command":
        events.viewed.tell(message)
        return
      case "document_opened":
      case "document_updated":
      case "document_writers":
      case "document_awareness":
      case "document_unsaved":
      case "document_closed":
        events.documents.tell(message)
        return
      case "resync":
        following.ask(mirror.seq)
        return
      default:
    }
  }

  #accepted(ref: string, seq: number): void {
    const { submissions, kept } = this.#parts
    submissions.accepted(ref, seq)
    kept.answered(ref)
  }

  #rejected(ref: string, failure: Failure): void {
    const { requests, submissions, kept } = this.#parts
    const waiting = requests.get(ref)
    if (waiting?.late && failure.code === "rate-limited") requests.again(ref, failure.retryAfterMs)
    else if (waiting?.late && failure.code === "lease-lost") requests.again(ref, ELSEWHERE_MS)
    else {
      submissions.rejected(ref, failure)
      if (waiting) kept.refused(waiting, failure)
    }
  }

  /** Answers whether one may now do more or less than before. */
  #caughtUp(rights: Rights): boolean {
    const { events, following } = this.#parts
    const changed = following.caughtUp(rights)
    events.runsChanged.tell()
    events.documents.tell({ kind: "line", open: true })
    return changed
  }

  #change(change: Change): void {
    const { mirror, events, following, submissions, kept, runs, viewer } = this.#parts
    const ref = submissions.refAt(change.seq, change.submission)
    const received = mirror.receive(change, ref)
    switch (received.kind) {
      case "known":
        return
      case "gap":
        if (!following.asking) this.askSince()
        return
      case "diverged":
        following.ask()
        return
      case "applied":
        submissions.confirmed(ref, change.seq)
        kept.change(change, ref)
        runs.note(change, received.inverse, viewer()?.user, mirror.graph)
        if (isOfDocument(change.submission) || change.cause.actor.kind === "git") {
          runs.saved(change, received.inverse, viewer()?.user, mirror.graph)
        }
        events.touched.tell(received.touched, change)
        return
      default:
        received satisfies never
    }
  }
}

/** Requests of shared sources, and changes that saved one, go by ids of their own. */
function isOfDocument(id: string): boolean {
  return id.startsWith("document_")
}
