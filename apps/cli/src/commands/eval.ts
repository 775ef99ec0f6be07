import { JsonObject } from "@nexus/protocol"
import { evaluateExpression } from "@nexus/reactor"
import { type ExitCode, type Io, parseJsonOption, printJson, UsageError } from "../io.ts"

/** Evaluates one binding expression, the way a panel would, against a state given as JSON. */
export function evaluate(io: Io, expression: string, options: { state?: string; json?: boolean }): ExitCode {
  const state = JsonObject.safeParse(options.state === undefined ? {} : parseJsonOption(options.state, "--state"))
  if (!state.success) throw new UsageError("--state takes a JSON object of states by name")
  const result = evaluateExpression(expression, { $state: state.data, $computed: {}, $imports: {}, $panel: {} })
  if (result.ok) {
    const value = result.value ?? null
    if (options.json) printJson(io, { value })
    else io.out(`${typeof value === "string" ? value : JSON.stringify(value, null, 2)}\n`)
    return 0
  }
  const { code, message, hint } = result.error
  if (options.json) printJson(io, { failure: { code, message, ...(hint === undefined ? {} : { hint }) } })
  else io.err(`${message}${hint === undefined ? "" : ` ${hint}`}\n`)
  return 1
}
