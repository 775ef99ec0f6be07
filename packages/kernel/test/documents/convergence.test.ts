import { expect, it } from "vitest"
import { fuzz } from "../../fuzz/together.ts"

const ROUNDS = 30

it(`${ROUNDS} rounds of people in one source converge: nothing typed is lost, nothing stands there twice`, async () => {
  for (let seed = 1; seed <= ROUNDS; seed += 1) {
    await fuzz.round(seed).catch((error: unknown) => expect.fail(`seed ${seed}: ${String(error)}`))
  }
})
