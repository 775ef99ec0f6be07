import { createComputed, createSignal, watch } from "@nexus/reactor/signals"
import { computed, effect, signal } from "alien-signals"
import type { Contender, Goal } from "./measure.ts"

/**
 * One write to a signal, felt at the end of `wide` chains of `deep` derived values: through the reactor's signals, and
 * through alien-signals 3 itself, on which they stand. What is measured is what our names for it cost.
 */
interface Signals {
  readonly signal: (value: number) => { (): number; (value: number): void }
  readonly computed: (read: () => number) => () => number
  /** Calls `felt` after each change. */
  readonly watch: (read: () => number, felt: (value: number) => void) => unknown
}

const ours: Signals = { signal: createSignal, computed: createComputed, watch }

const alien: Signals = {
  signal,
  computed,
  watch: (read, felt) => {
    let first = true
    return effect(() => {
      const value = read()
      if (first) first = false
      else felt(value)
    })
  },
}

function propagating(signals: Signals, wide: number, deep: number): () => Contender {
  return () => {
    const source = signals.signal(0)
    let felt = 0
    for (let column = 0; column < wide; column++) {
      let last: () => number = source
      for (let row = 0; row < deep; row++) {
        const before = last
        last = signals.computed(() => before() + 1)
      }
      signals.watch(last, () => {
        felt++
      })
    }
    let value = 0
    const run = () => {
      for (let write = 0; write < 10; write++) source(++value)
    }
    const close = () => {
      if (felt !== value * wide) throw new Error(`${felt} changes were felt instead of ${value * wide}`)
    }
    return { run, close, warmups: 500, samples: 1000 }
  }
}

export const goal: Goal = {
  id: "R5",
  what: "signals: ten writes through derived values",
  rounds: 7,
  contenders: {
    "100 wide, 10 deep": propagating(ours, 100, 10),
    "alien, 100 wide, 10 deep": propagating(alien, 100, 10),
    "1,000 wide, 1 deep": propagating(ours, 1000, 1),
    "alien, 1,000 wide, 1 deep": propagating(alien, 1000, 1),
    "1 wide, 1,000 deep": propagating(ours, 1, 1000),
    "alien, 1 wide, 1,000 deep": propagating(alien, 1, 1000),
  },
  claims: [
    { ours: "100 wide, 10 deep", peer: "alien, 100 wide, 10 deep", timesSlower: 1.05 },
    { ours: "1,000 wide, 1 deep", peer: "alien, 1,000 wide, 1 deep", timesSlower: 1.05 },
    { ours: "1 wide, 1,000 deep", peer: "alien, 1 wide, 1,000 deep", timesSlower: 1.05 },
  ],
}
