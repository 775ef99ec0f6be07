/** One thing that is tried at random: `round` does it once, decided by its seed alone, and throws when it went wrong. */
export interface Fuzz {
  round(seed: number): void | Promise<void>
}
