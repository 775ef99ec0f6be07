import { type Replayed, replayRun } from "@nexus/kernel/records"
import type { RunRecord } from "@nexus/protocol"
import { createSandbox, type EngineName } from "@nexus/wasm-bridge"
import { countOption } from "../count-option.ts"
import { inGroups } from "../in-groups.ts"
import { type ExitCode, type Io, printJson, UsageError } from "../io.ts"
import { partings, shortText } from "../partings.ts"
import { openRecordedRuns, type RecordsPlace } from "../recorded-runs.ts"

export interface ReplayOptions extends RecordsPlace {
  readonly all?: boolean
  readonly panel?: string
  readonly limit: string
  readonly engine: EngineName
  readonly json?: boolean
}

/** Runs recorded runs once more, from their records alone, and says where they come out differently. */
export async function replay(io: Io, runs: readonly string[], options: ReplayOptions): Promise<ExitCode> {
  const limit = countOption(options.limit, "--limit")
  if (runs.length === 0 && !options.all) {
    throw new UsageError("replay takes the ids of runs, or --all, and --panel for those of one panel")
  }
  const recorded = openRecordedRuns(io, "replay", options)
  const sandbox = await createSandbox({ engine: options.engine, log: (line) => io.err(`${line}\n`) })
  try {
    const records =
      runs.length > 0
        ? await inGroups(runs, (run) => recorded.read(run))
        : await recorded.list({ limit, isWanted: isOf(options.panel) })
    const replayed = await inGroups(records, (record) => replayRun(record, sandbox))
    print(io, records, replayed, { json: options.json ?? false, equalToo: runs.length > 0 })
    return replayed.some(({ differences }) => differences.length > 0) ? 1 : 0
  } finally {
    await sandbox.close()
    await recorded.close()
  }
}

/** A panel is meant by its id or by what it was called. */
export function isOf(panel: string | undefined) {
  return (run: { readonly panel: string; readonly title: string }): boolean =>
    panel === undefined || run.panel === panel || run.title === panel
}

function print(
  io: Io,
  records: readonly RunRecord[],
  replayed: readonly Replayed[],
  { json, equalToo }: { readonly json: boolean; readonly equalToo: boolean },
): void {
  const equal = replayed.filter((each) => each.equal).length
  const different = replayed.filter(({ differences }) => differences.length > 0).length
  const notReplayable = replayed.length - equal - different
  const counts = { replayed: equal + different, equal, different, notReplayable }
  if (json) {
    printJson(io, { runs: replayed, ...counts })
    return
  }
  for (const [index, each] of replayed.entries()) {
    const record = records[index]
    if (record && (equalToo || !each.equal)) io.out(linesOf(record, each))
  }
  io.out(`${counts.replayed} replayed, ${equal} equal, ${different} different, ${notReplayable} not replayable\n`)
}

function linesOf({ run, handler, title, at }: RunRecord, each: Replayed): string {
  const name = `${run}  ${handler} in ${title}, ${new Date(at).toISOString()}`
  if (each.equal) return `${name}: equal\n`
  if (each.notReplayable !== undefined) return `${name}: not replayable, ${each.notReplayable}\n`
  const lines = each.differences.flatMap(({ turn, what, recorded, now }) =>
    partings(recorded, now, what).map(
      ({ path, recorded: was, now: is }) => `  turn ${turn}  ${path}: ${shortText(was)} → ${shortText(is)}`,
    ),
  )
  if (each.redacted)
    lines.push("  Secrets were replaced in this record; what a handler makes of them comes out differently.")
  return `${name}: different\n${lines.join("\n")}\n`
}
