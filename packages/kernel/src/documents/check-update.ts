import { TEXT_NAME, type TextDocument } from "@nexus/reactor/text"
import * as Y from "yjs"

/** Characters of one text, pieces and pieces of one update, and sessions that ever wrote in one document. */
const MAX_TEXT = 1024 * 1024
const MAX_UPDATE_PIECES = 20_000
const MAX_WRITERS = 10_000
/** No honest clock comes near: one counts every character that a session ever typed. */
const MAX_CLOCK = 2 ** 31

/**
 * Why an update is not taken, or `undefined`. A library for shared documents believes its peers; we do not. An update
 * may put characters into the one text and take characters out, and everything that it builds on is known already: so
 * nothing waits for what never comes, no other kind of content stands in the document, and what is applied afterwards
 * cannot fail half-way. A line may only end in one way, because an editor would count it as one character and we as two.
 */
export function refuseUpdate({ doc, text }: TextDocument, update: Uint8Array): string | undefined {
  let decoded: ReturnType<typeof Y.decodeUpdate>
  try {
    decoded = Y.decodeUpdate(update)
  } catch {
    return "the bytes are no update of a shared text"
  }
  const { structs, ds } = decoded
  if (structs.length > MAX_UPDATE_PIECES) return `one update holds at most ${MAX_UPDATE_PIECES} pieces`
  const known = new Map<number, number>()
  const clockOf = (client: number) => known.get(client) ?? Y.getState(doc.store, client)
  let added = 0
  for (const struct of structs) {
    const { client, clock } = struct.id
    const refusal = refusePiece(struct)
    if (refusal) return refusal
    if (clock > clockOf(client)) return "it builds on an update that is not here"
    const end = clock + struct.length
    if (!Number.isSafeInteger(end) || end > MAX_CLOCK) return "its clock is out of bounds"
    if (struct instanceof Y.Item && struct.content instanceof Y.ContentString) {
      added += Math.max(0, end - Math.max(clock, clockOf(client)))
    }
    known.set(client, Math.max(end, clockOf(client)))
  }
  for (const struct of structs) {
    if (!(struct instanceof Y.Item)) continue
    for (const id of [struct.origin, struct.rightOrigin]) {
      if (id && id.clock >= clockOf(id.client)) return "it builds on an update that is not here"
    }
  }
  for (const [client, spans] of ds.clients) {
    if (spans.some(({ clock, len }) => clock + len > clockOf(client))) return "it takes out what was never written"
  }
  if (text.length + added > MAX_TEXT) return `a source has at most ${MAX_TEXT} characters`
  const strangers = [...known.keys()].filter((client) => !doc.store.clients.has(client)).length
  return doc.store.clients.size + strangers > MAX_WRITERS ? "too many sessions wrote in this document" : undefined
}

type Piece = ReturnType<typeof Y.decodeUpdate>["structs"][number]

function refusePiece(struct: Piece): string | undefined {
  if (struct instanceof Y.Skip) return "it leaves something out"
  if (!(struct instanceof Y.Item)) return undefined
  const { content, parent, parentSub } = struct
  // What stands beside something takes its parent from there, and the first has only one to name: by its name, as text.
  if (parent !== null && String(parent) !== TEXT_NAME) return "it writes elsewhere than in the text"
  if (parent === null && !struct.origin && !struct.rightOrigin) return "it has no place in the text"
  if (parentSub !== null) return "it writes elsewhere than in the text"
  if (content instanceof Y.ContentDeleted) return undefined
  if (!(content instanceof Y.ContentString)) return "a source is made of characters and nothing else"
  return content.str.includes("\r") ? "lines of a shared text end in a line feed alone" : undefined
}
