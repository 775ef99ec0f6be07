/**
 * How many runners a pool has. A runner that is held by a long run helps nobody else, so there is always one more than
 * those, started before somebody needs it; short runs are no reason, for more runners than cores only share them.
 */
export interface PoolSize {
  readonly least: number
  readonly most: number
}

/** How many there should be while `held` of them are busy with a long run. */
export function wantedRunners({ least, most }: PoolSize, held: number): number {
  return Math.min(Math.max(least, held + 1), Math.max(least, most))
}
