import { expect, test } from "vitest"
import { fuzz } from "../../fuzz/requests.ts"

test("2,000 generated bad requests and frames are answered as described, and the kernel goes on", async () => {
  const from = 1
  for (let seed = from; seed < from + 2000; seed += 1) await fuzz.round(seed)
  expect(await fuzz.ended()).toContain("healthy at the end: 200")
}, 180_000)
