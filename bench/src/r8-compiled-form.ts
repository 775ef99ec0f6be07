import { parsePanel } from "@nexus/reactor"
import { decodePanel, encodePanel } from "@nexus/reactor/compiled"
import type { Contender, Goal } from "./measure.ts"
import { makePanel, PANELS } from "./r1-parse.ts"

/** A 20 KB panel from its compiled form, its checksum and every field of it checked, against parsing its source. */
function over<Input>(inputs: () => readonly Input[], read: (input: Input) => unknown): () => Contender {
  return () => {
    const given = inputs()
    let turn = 0
    const run = () => {
      const input = given[turn++ % given.length]
      if (input !== undefined) read(input)
    }
    return { run, warmups: 2 * PANELS, samples: 2 * PANELS }
  }
}

const sources = () => Array.from({ length: PANELS }, (_, index) => makePanel(index * 7))

export const goal: Goal = {
  id: "R8",
  what: "a 20 KB panel from its compiled form, against its source",
  rounds: 3,
  contenders: {
    "whole file": over(() => sources().map((source) => encodePanel(source)), decodePanel),
    "for viewers": over(() => sources().map((source) => encodePanel(source, { withSource: false })), decodePanel),
    parse: over(sources, (source) => parsePanel(source)),
  },
  claims: [
    { ours: "whole file", peer: "parse", timesFaster: 2 },
    { ours: "for viewers", peer: "parse", timesFaster: 2 },
  ],
}
