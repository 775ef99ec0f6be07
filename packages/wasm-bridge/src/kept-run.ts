import { createHmac, timingSafeEqual } from "node:crypto"
import { type Rejection, type RunRequest, reject } from "@nexus/protocol"
import { Packr } from "msgpackr"
import { ENGINE_SHA256 } from "./quickjs.ts"
import { OTHER_VERSION } from "./suspended-memory.ts"

/**
 * A waiting run as bytes that outlive every process: who it is, what it may take, and its memory. Whoever can write the
 * store could otherwise put any memory into a sandbox under any name, so the bytes are signed with a key of the
 * kernel's and looked into only when the signature holds. The alternative, to run the handler again from its first turn
 * with the recorded replies, needs no memory but every reply there ever was, and breaks with the first line changed.
 */
const VERSION = "nexus-run-1"
const SIGNATURE_BYTES = 32
const packr = new Packr({ useRecords: false })

/** What a run keeps from turn to turn beside its memory. */
export type KeptRequest = Omit<RunRequest, "id" | "input">

/** What `sealRun` wrote: the signature says so. */
type Sealed = [version: string, engine: string, request: KeptRequest, memory: Uint8Array]

export function sealRun(request: KeptRequest, memory: Uint8Array, key: Uint8Array): Uint8Array {
  const { panel, handler, source, line, tenant, limits } = request
  const body = packr.pack([VERSION, ENGINE_SHA256, { panel, handler, source, line, tenant, limits }, memory])
  return Buffer.concat([signatureOf(body, key), body])
}

/** What `sealRun` sealed with the same key. Forged, damaged and foreign bytes are refused before anything reads them. */
export function openRun(
  bytes: Uint8Array,
  key: Uint8Array,
): { readonly ok: true; readonly request: KeptRequest; readonly memory: Uint8Array } | Rejection {
  const signature = bytes.subarray(0, SIGNATURE_BYTES)
  const body = bytes.subarray(SIGNATURE_BYTES)
  if (signature.length < SIGNATURE_BYTES || !timingSafeEqual(signature, signatureOf(body, key))) {
    return reject({ code: "invalid-input", detail: "The kept run is damaged, or this kernel did not sign it." })
  }
  const [version, engine, request, memory]: Sealed = packr.unpack(body)
  if (version !== VERSION || engine !== ENGINE_SHA256) return reject(OTHER_VERSION)
  return { ok: true, request, memory }
}

function signatureOf(body: Uint8Array, key: Uint8Array): Buffer {
  return createHmac("sha256", key).update(body).digest()
}
