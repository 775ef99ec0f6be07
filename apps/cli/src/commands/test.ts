import { type Trial, type TrialDifference, trySource } from "@nexus/kernel/records"
import type { RunRecord } from "@nexus/protocol"
import { createSandbox, type EngineName } from "@nexus/wasm-bridge"
import { countOption } from "../count-option.ts"
import { inGroups } from "../in-groups.ts"
import { type ExitCode, type Io, printJson, UsageError } from "../io.ts"
import { partings, shortText } from "../partings.ts"
import { readSource } from "../read-source.ts"
import { openRecordedRuns, type RecordsPlace } from "../recorded-runs.ts"
import { readPanel } from "./render.ts"
import { isOf } from "./replay.ts"

export interface TestOptions extends RecordsPlace {
  readonly fromHistory?: boolean
  readonly panel?: string
  readonly since?: string
  readonly limit: string
  readonly engine: EngineName
  readonly json?: boolean
}

/** Runs of a handler that are shown; more are counted. */
const SHOWN = 3

/** Runs the recorded triggers of a panel against the source in `file`, and says what would come out differently. */
export async function test(io: Io, file: string, options: TestOptions): Promise<ExitCode> {
  if (!options.fromHistory) {
    throw new UsageError(
      `test takes --from-history: it runs what was triggered on the panel before against ${file}, and says what would come out differently`,
    )
  }
  const limit = countOption(options.limit, "--limit")
  const since = options.since === undefined ? undefined : Date.now() - durationOf(options.since)
  const panel = readPanel(file, await readSource(io, file))
  const wanted = options.panel ?? panel.title
  const recorded = openRecordedRuns(io, "test", options)
  const sandbox = await createSandbox({ engine: options.engine, log: (line) => io.err(`${line}\n`) })
  try {
    const records = await recorded.list({ limit, since, isWanted: isOf(wanted) })
    if (records.length === 0) {
      const time = options.since === undefined ? "" : ` in the last ${options.since}`
      throw new UsageError(`no run of the panel "${wanted}" was recorded${time}; --panel names another by id or title`)
    }
    const trials = await inGroups(records, (record) => trySource(record, panel, sandbox))
    const different = trials.filter(({ differences }) => differences.length > 0).length
    const notTried = trials.filter((trial) => trial.notTried !== undefined).length
    const counts = { tried: trials.length - notTried, same: trials.length - notTried - different, different, notTried }
    if (options.json) printJson(io, { panel: wanted, runs: trials, ...counts })
    else {
      io.out(report(records, trials))
      io.out(`${counts.tried} tried, ${counts.same} the same, ${different} different, ${notTried} could not be tried\n`)
    }
    return different > 0 ? 1 : 0
  } finally {
    await sandbox.close()
    await recorded.close()
  }
}

function report(records: readonly RunRecord[], trials: readonly Trial[]): string {
  const groups = Map.groupBy(trials.entries(), ([, { handler }]) => handler)
  return [...groups]
    .map(([handler, group]) =>
      ofHandler(
        handler,
        group.map(([index, trial]) => ({ trial, record: records[index] })),
      ),
    )
    .join("")
}

interface Tried {
  readonly trial: Trial
  readonly record: RunRecord | undefined
}

function ofHandler(handler: string, group: readonly Tried[]): string {
  const different = group.filter(({ trial }) => trial.differences.length > 0)
  const runs = (count: number) => `${count} ${count === 1 ? "run" : "runs"}`
  const lines: string[] = []
  for (const { trial } of group.filter((each) => each.trial.notTried !== undefined).slice(0, SHOWN)) {
    lines.push(`  ${trial.run}: could not be tried, ${trial.notTried}`)
  }
  const [first] = different
  if (!first) return lines.length > 0 ? `${handler}:\n${lines.join("\n")}\n` : ""
  const lost = first.trial.differences.find(({ what }) => what === "handler")
  if (lost) {
    const fate = lost.now === null ? "is gone" : `is called ${shortText(lost.now)} now`
    lines.push(`  the handler ${fate}; ${runs(different.length)} asked for it by its name`)
  }
  const others = different.flatMap(({ trial, record }) => {
    const differences = trial.differences.filter(({ what }) => what !== "handler")
    return differences.length > 0 ? [{ trial, record, differences }] : []
  })
  if (others.length > 0) lines.push(`  ${others.length} of ${runs(group.length)} would come out differently`)
  for (const { trial, record, differences } of others.slice(0, SHOWN)) {
    const args = record && record.args !== null ? `, with ${shortText(record.args)}` : ""
    lines.push(`    ${trial.run}, ${new Date(trial.at).toISOString()}${args}`)
    for (const difference of differences) lines.push(...linesOf(difference).map((line) => `      ${line}`))
    if (record?.redacted) lines.push("      (secrets were replaced in this record)")
  }
  if (others.length > SHOWN) lines.push(`    and ${others.length - SHOWN} more; --json lists all`)
  return `${handler}:\n${lines.join("\n")}\n`
}

function linesOf({ what, name, recorded, now }: TrialDifference): string[] {
  if (what === "asks") return [`asks something new: ${shortText(now)}`]
  if (what === "end") return [`${shortText(recorded)} → ${shortText(now)}`]
  const start = what === "state" ? `state ${name}` : what
  return partings(recorded, now, start).map(
    ({ path, recorded: was, now: is }) => `${path}: ${shortText(was)} → ${shortText(is)}`,
  )
}

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 }

function durationOf(text: string): number {
  const [, count, unit] = /^(\d+)([mhd])$/.exec(text) ?? []
  if (unit === "m" || unit === "h" || unit === "d") return Number(count) * UNITS[unit]
  throw new UsageError(`--since takes a time such as 30m, 24h or 7d, not "${text}"`)
}
