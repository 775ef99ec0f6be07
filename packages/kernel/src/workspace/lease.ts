/**
 * Which kernel may write a workspace, among many. A lease ends by itself when it is not renewed, so a kernel that died or
 * froze holds nobody up; that it can do no harm when it wakes is the journal's business, whose epochs void everything it
 * still wants to append. Leases are for going on, epochs for safety.
 */
export interface Leases {
  /**
   * Takes the workspace for this kernel. Throws `lease-lost`, naming the owner, while another kernel has it, `not-found`
   * when it was never created. `onLost` is called once when the lease has ended without having been given back.
   */
  take(workspace: string, onLost: () => void): Promise<Lease>
}

export interface Lease {
  /** False as soon as another kernel may have it: this one answers for the workspace no more. */
  readonly held: boolean
  /** Gives it back; nobody has to wait for it to end. Never throws. */
  release(): Promise<void>
}

/** The leases of a kernel that is alone with its journal: it owns everything. */
export const alone: Leases = {
  take: async () => ({ held: true, release: async () => undefined }),
}
