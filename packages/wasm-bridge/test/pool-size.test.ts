import { describe, expect, it } from "vitest"
import { hasRoomForProcess, mostProcesses } from "../src/machine-size.ts"
import { wantedRunners } from "../src/pool-size.ts"
import { Tenants } from "../src/tenants.ts"

describe("a pool", () => {
  it("has one runner more than long runs hold, from the least to the most", () => {
    const size = { least: 2, most: 5 }
    expect([0, 1, 2, 3, 4, 5, 9].map((held) => wantedRunners(size, held))).toEqual([2, 2, 3, 4, 5, 5, 5])
    expect(wantedRunners({ least: 3, most: 3 }, 3)).toBe(3)
  })

  it("may be as large as half of the machine's memory holds, and four to a core", () => {
    expect(mostProcesses()).toBeGreaterThanOrEqual(2)
    expect(hasRoomForProcess()).toBe(true)
  })

  it("knows a tenant as short only while its turns are", () => {
    const tenants = new Tenants()
    expect(tenants.areShort("t")).toBe(false)
    for (let run = 0; run < 4; run += 1) tenants.ran("t", 0.3)
    expect([tenants.areShort("t"), tenants.areShort("other")]).toEqual([true, false])
    tenants.ran("t", 5000)
    expect([tenants.areShort("t"), tenants.areLong("t"), tenants.areLong("other")]).toEqual([false, true, false])
  })
})
