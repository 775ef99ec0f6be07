import { availableParallelism, totalmem } from "node:os"

/** What a process may come to take, with a few runs in it that use their memory; most take a third of that. */
const PROCESS_BYTES = 256 * 1024 * 1024
/** The kernel and everything else keep half of the memory. */
const SHARE = 0.5
const A_CORE = 4

/** How many sandbox processes this machine, or the container it is, has memory for. A few a core are of use, no more. */
export function mostProcesses(): number {
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY)
  return Math.max(2, Math.min(availableParallelism() * A_CORE, Math.floor((memory * SHARE) / PROCESS_BYTES)))
}

/** True while there is memory for one process more right now. */
export function hasRoomForProcess(): boolean {
  return process.availableMemory() > 2 * PROCESS_BYTES
}
