import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"

/**
 * One goal is a few contenders doing the same work, and claims about their times. Each contender runs in a process of
 * its own, so that no one's garbage or type feedback slows another, and the contenders take turns over several rounds,
 * so that a slow minute of the machine falls on all of them. The figure of a contender is the median over rounds.
 */
export interface Goal {
  /** The row of the goals' table: R1. */
  readonly id: string
  readonly what: string
  readonly contenders: { readonly [name: string]: () => Contender | Promise<Contender> }
  readonly claims: readonly Claim[]
  /** How often every contender takes its turn; 5 unless said. */
  readonly rounds?: number
}

/** Ready to work. `run` does it once and may answer with its own figure in ms (a latency); otherwise it is timed. */
export interface Contender {
  readonly run: () => unknown
  readonly close?: () => unknown
  /** Runs before anything is timed. */
  readonly warmups?: number
  /** Timed runs of one turn. */
  readonly samples?: number
}

/** `ours` against `peer`, or against a figure when there is no peer. */
export interface Claim {
  readonly ours: string
  readonly peer?: string
  /** Which figure of a turn is compared; the median unless said. */
  readonly figure?: "p50" | "p99"
  /** Met when peer's time ÷ our time is at least this: how many times faster. */
  readonly timesFaster?: number
  /** Met when our time ÷ peer's time is at most this. */
  readonly timesSlower?: number
  /** Met when our time is at most this. */
  readonly atMostMs?: number
  /** Met when the figure, which is then no time but a count of `unit`, is at most this. */
  readonly atMost?: number
  /** Met when the figure, which is then a count, is at least this. */
  readonly atLeast?: number
  readonly unit?: string
}

export interface Figures {
  readonly p50: number
  readonly p99: number
}

/** One turn of one contender, in this process. */
export async function takeTurn(create: () => Contender | Promise<Contender>): Promise<Figures> {
  const contender = await create()
  const times: number[] = []
  try {
    for (let index = 0; index < (contender.warmups ?? 200); index++) await contender.run()
    for (let index = 0; index < (contender.samples ?? 400); index++) {
      const start = performance.now()
      const answer = contender.run()
      const figure = answer instanceof Promise ? await answer : answer
      times.push(typeof figure === "number" ? figure : performance.now() - start)
    }
  } finally {
    await contender.close?.()
  }
  times.sort((a, b) => a - b)
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) }
}

/** All turns of a goal, each in a new process; the median figures by contender. */
export async function measure(file: string, goal: Goal): Promise<Map<string, Figures>> {
  const turns = new Map<string, Figures[]>(Object.keys(goal.contenders).map((name) => [name, []]))
  for (let round = 0; round < (goal.rounds ?? 5); round++)
    for (const [name, figures] of turns) figures.push(await turnInProcess(file, name))
  return new Map([...turns].map(([name, figures]) => [name, middle(figures)]))
}

function turnInProcess(file: string, contender: string): Promise<Figures> {
  const script = fileURLToPath(new URL("turn.ts", import.meta.url))
  const child = spawn(process.execPath, [script, file, contender], { stdio: ["ignore", "pipe", "inherit"] })
  let output = ""
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    output += piece
  })
  return new Promise((resolve, reject) => {
    child.on("error", reject)
    child.on("close", (status) => {
      const line = output.trim().split("\n").at(-1) ?? ""
      if (status === 0) resolve(JSON.parse(line))
      else reject(new Error(`${contender} of ${file} ended with status ${status}`))
    })
  })
}

function middle(figures: readonly Figures[]): Figures {
  const median = (of: (figure: Figures) => number) =>
    quantile(
      figures.map(of).sort((a, b) => a - b),
      0.5,
    )
  return { p50: median(({ p50 }) => p50), p99: median(({ p99 }) => p99) }
}

function quantile(sorted: readonly number[], at: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? Number.NaN
}
