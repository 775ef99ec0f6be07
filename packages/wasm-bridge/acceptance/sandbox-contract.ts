import { afterAll, beforeAll, describe } from "vitest"
import type { Sandbox } from "../src/index.ts"
import { knownEscapesFindNothing } from "./escape-contract.ts"
import { hostileHandlersAreStopped } from "./hostile-contract.ts"
import { handlersSeeTheirNames } from "./names-contract.ts"
import { runsStartPristine } from "./pristine-contract.ts"
import { LIMITS } from "./run-request.ts"
import { turnsAreWholeAndResumable } from "./turns-contract.ts"

interface Choices {
  /** Milliseconds for a test. */
  readonly timeout?: number
  /** The stack that a handler gets where it is allowed more than the engine has. */
  readonly stackBytes?: number
  /** How many runs are mixed to look for what one leaves to another. */
  readonly mixedRuns?: number
}

/** What every sandbox promises, whatever engine it stands on. `create` starts one with two processes. */
export function sandboxContract(name: string, create: () => Promise<Sandbox>, choices: Choices = {}): void {
  const { timeout = 120_000, stackBytes = LIMITS.stackBytes, mixedRuns = 1000 } = choices
  describe(`the sandbox on ${name}`, { timeout }, () => {
    let sandbox: Sandbox
    beforeAll(async () => {
      sandbox = await create()
    })
    afterAll(() => sandbox.close())

    const current = () => sandbox
    handlersSeeTheirNames(current)
    turnsAreWholeAndResumable(current)
    runsStartPristine(current, mixedRuns)
    hostileHandlersAreStopped(current, stackBytes)
    knownEscapesFindNothing(current)
  })
}
