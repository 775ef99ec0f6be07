import { afterAll, beforeAll, describe } from "vitest"
import type { Sandbox } from "../src/index.ts"
import { knownEscapesFindNothing } from "./escape-contract.ts"
import { hostileHandlersAreStopped } from "./hostile-contract.ts"
import { handlersSeeTheirNames } from "./names-contract.ts"
import { runsStartPristine } from "./pristine-contract.ts"
import { turnsAreWholeAndResumable } from "./turns-contract.ts"

/** What every sandbox promises, whatever engine it stands on. `create` starts one with two processes. */
export function sandboxContract(name: string, create: () => Promise<Sandbox>, timeout = 120_000): void {
  describe(`the sandbox on ${name}`, { timeout }, () => {
    let sandbox: Sandbox
    beforeAll(async () => {
      sandbox = await create()
    })
    afterAll(() => sandbox.close())

    const current = () => sandbox
    handlersSeeTheirNames(current)
    turnsAreWholeAndResumable(current)
    runsStartPristine(current)
    hostileHandlersAreStopped(current)
    knownEscapesFindNothing(current)
  })
}
