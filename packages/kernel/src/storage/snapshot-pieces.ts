import type { Snapshot } from "@nexus/protocol"

/** About how much text one piece holds: half a millisecond of serialising. */
const PIECE_LENGTH = 64 * 1024

/**
 * A snapshot's JSON text, piece by piece: joined, the pieces are the text. The graph of a big workspace takes tens of
 * milliseconds to write, in which nobody would be answered; between two pieces everybody else has a turn. The values are
 * immutable, so what is written later is still the graph of that moment.
 */
export function* snapshotPieces({ workspace, seq, entities, relationships }: Snapshot): IterableIterator<string> {
  let piece = `{"workspace":${JSON.stringify(workspace)},"seq":${seq}`
  for (const [name, items] of Object.entries({ entities, relationships })) {
    piece += `,"${name}":[`
    for (const [index, item] of items.entries()) {
      piece += index === 0 ? JSON.stringify(item) : `,${JSON.stringify(item)}`
      if (piece.length < PIECE_LENGTH) continue
      yield piece
      piece = ""
    }
    piece += "]"
  }
  yield `${piece}}`
}
