import type {
  Effect,
  Failure,
  Graph,
  HostCall,
  HostReply,
  Json,
  JsonObject,
  Outcome,
  Panel,
  ResumeRequest,
  RunRequest,
  Settled,
  Usage,
} from "@nexus/protocol"

/**
 * Handlers run where their panel is looked at: in a preview, which no kernel knows, and while there is no line to one.
 * What a turn asked for is settled by the code the kernel settles it with; only the answers differ. This is the port:
 * the page puts a sandbox behind it, and a panel of a page without one waits for the kernel.
 */
export interface HandlersHere {
  /** Runs a handler. The runs of a panel follow each other. Throws `NexusError` where nothing can be run here. */
  run(request: RunHere): Promise<EndHere>
}

/** What runs turns: the sandbox of a page is one. */
export interface TurnsHere {
  run(request: RunRequest): Promise<Outcome>
  resume(request: ResumeRequest): Promise<Outcome>
  discard(id: string): void
}

export interface RunHere {
  readonly workspace: string
  readonly panel: string
  /** What the panel says, where its entity does not say it. */
  readonly declared?: Panel
  readonly handler: string
  readonly args: Json
  /** The world of now. */
  readonly graph: () => Graph
  readonly session: () => JsonObject
  /** Answers what the handler asks for. Without it nothing of a handler that asks is taken, and the run ends with `asks`. */
  readonly answer?: (call: HostCall) => HostReply
  /** Takes what a turn did, before the next begins. A `NexusError` thrown here fails the run. */
  readonly take: (turn: TurnHere) => void
}

export type LogHere = Extract<Effect, { kind: "log" }>

/** A turn that is over; of a failed one there are only logs. */
export interface TurnHere {
  readonly run: string
  readonly settled: Settled | undefined
  readonly logs: readonly LogHere[]
}

export type EndHere =
  | { readonly status: "finished"; readonly run: string; readonly value: Json; readonly usage: Usage }
  | { readonly status: "failed"; readonly run: string; readonly failure: Failure; readonly usage: Usage }
  | { readonly status: "asks"; readonly run: string; readonly calls: readonly HostCall[] }
