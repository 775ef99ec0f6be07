import type { EngineImports, EngineInstance } from "../engines/engine.ts"
import type { Budget } from "./budget.ts"

/**
 * Everything the engine module imports. None of it reaches the host: the clock is the turn's own time, randomness is
 * zero (the guest seeds its own), output goes nowhere, modules do not exist, and the one question the host answers
 * is whether to go on. What a handler asks of the kernel travels as text through the outbox instead.
 */
export interface HostState {
  readonly budget: Budget
  /** What `Date.now()` answers, milliseconds since the epoch. */
  nowMs: number
}

const SUCCESS = 0
const BAD_FILE = 8

export function hostImports(state: HostState, instance: () => EngineInstance): EngineImports {
  const view = () => new DataView(instance().bytes().buffer)
  const nothing = () => 0
  return {
    env: {
      host_interrupt: () => (state.budget.check() ? 1 : 0),
      host_call: nothing,
      host_promise_rejection: nothing,
      host_module_normalize: nothing,
      host_module_load: nothing,
      host_get_timezone_offset: nothing,
    },
    wasi_snapshot_preview1: {
      clock_time_get: (_clock: number, _precision: bigint, result: number) => {
        view().setBigUint64(result, BigInt(Math.trunc(state.nowMs)) * 1_000_000n, true)
        return SUCCESS
      },
      random_get: (start: number, length: number) => {
        instance()
          .bytes()
          .fill(0, start, start + length)
        return SUCCESS
      },
      fd_write: () => BAD_FILE,
      fd_close: () => BAD_FILE,
      fd_fdstat_get: () => BAD_FILE,
      fd_seek: () => BAD_FILE,
    },
  }
}
