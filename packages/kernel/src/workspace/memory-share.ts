import { totalmem } from "node:os"
import { getHeapStatistics } from "node:v8"

const SHARE = 0.4

/** What open workspaces may take together where nobody says: a share of the smallest of heap, container and machine. */
export function memoryShare(): number {
  const container = process.constrainedMemory()
  const machine = totalmem()
  const least = Math.min(getHeapStatistics().heap_size_limit, machine, container > 0 ? container : machine)
  return Math.floor(least * SHARE)
}
