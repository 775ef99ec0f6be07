import { endpoints, Tier } from "@nexus/protocol"
import { askServer } from "../ask-server.ts"
import { type ExitCode, type Io, printJson, UsageError } from "../io.ts"

export interface TierOptions {
  readonly server: string
  readonly token?: string
  readonly json?: boolean
}

/** What a workspace of a running server may use; with a tier, gives it that one. */
export async function tier(
  io: Io,
  workspace: string,
  wanted: string | undefined,
  options: TierOptions,
): Promise<ExitCode> {
  const { call } = askServer(io, "tier", options)
  const params = { workspace }
  const usage =
    wanted === undefined
      ? await call(endpoints.readUsage, { params })
      : await call(endpoints.setTier, { params, body: { tier: tierOf(wanted) } })
  if (options.json) {
    printJson(io, usage)
    return 0
  }
  const { tier: given, resetsAt: _resets, ...shares } = usage
  const lines = Object.entries(shares).map(([what, { used, limit }]) => `  ${what}: ${used} of ${limit}`)
  io.out(`${workspace} has the tier ${given}\n${lines.join("\n")}\n`)
  return 0
}

function tierOf(text: string): Tier {
  const read = Tier.safeParse(text)
  if (read.success) return read.data
  throw new UsageError(`a tier is ${Tier.options.join(", ")}`)
}
