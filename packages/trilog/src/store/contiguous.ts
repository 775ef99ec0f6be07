import { type Change, NexusError } from "@nexus/protocol"

/** `changes` when they are exactly `after` + 1 … `upTo`. A record with a gap is no record: it throws `unavailable`. */
export function contiguous(changes: readonly Change[], after: number, upTo: number): readonly Change[] {
  let expected = after
  for (const { seq } of changes) {
    expected += 1
    if (seq !== expected) throw gap(expected)
  }
  if (expected !== upTo) throw gap(expected + 1)
  return changes
}

function gap(seq: number): NexusError {
  return new NexusError({ code: "unavailable", what: "The record", detail: `change ${seq} is missing from it.` })
}
