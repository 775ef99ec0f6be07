import { type Rejection, type RunRequest, reject } from "@nexus/protocol"
import { Packr } from "msgpackr"
import { ENGINE_SHA256 } from "./engine-hash.ts"
import { OTHER_VERSION } from "./kept-memory.ts"

/**
 * A waiting run as bytes that outlive every process: who it is, what it may take, and its memory. Whoever can write the
 * store could otherwise put any memory into a sandbox under any name, so the bytes are signed with a key of the
 * kernel's and looked into only when the signature holds. The alternative, to run the handler again from its first turn
 * with the recorded replies, needs no memory but every reply there ever was, and breaks with the first line changed.
 * WebCrypto signs, and compares in constant time, because browsers have it too.
 */
const VERSION = "nexus-run-2"
const SIGNATURE_BYTES = 32
const HMAC = { name: "HMAC", hash: "SHA-256" }
const packr = new Packr({ useRecords: false })

/** What a run keeps from turn to turn beside its memory. */
export type KeptRequest = Omit<RunRequest, "id" | "input">

/** What `sealRun` wrote: the signature says so. */
type Sealed = [version: string, engine: string, request: KeptRequest, memory: Uint8Array]

export async function sealRun(
  request: KeptRequest,
  memory: Uint8Array,
  key: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const { panel, handler, source, line, tenant, limits } = request
  const body = packr.pack([VERSION, ENGINE_SHA256, { panel, handler, source, line, tenant, limits }, memory])
  const sealed = new Uint8Array(SIGNATURE_BYTES + body.length)
  sealed.set(body, SIGNATURE_BYTES)
  const signature = await crypto.subtle.sign(HMAC, await signingKey(key, "sign"), sealed.subarray(SIGNATURE_BYTES))
  sealed.set(new Uint8Array(signature))
  return sealed
}

/** What `sealRun` sealed with the same key. Forged, damaged and foreign bytes are refused before anything reads them. */
export async function openRun(
  bytes: Uint8Array,
  key: Uint8Array,
): Promise<{ readonly ok: true; readonly request: KeptRequest; readonly memory: Uint8Array } | Rejection> {
  const sealed = new Uint8Array(bytes)
  const body = sealed.subarray(SIGNATURE_BYTES)
  const signature = sealed.subarray(0, SIGNATURE_BYTES)
  if (!(await crypto.subtle.verify(HMAC, await signingKey(key, "verify"), signature, body))) {
    return reject({ code: "invalid-input", detail: "The kept run is damaged, or this kernel did not sign it." })
  }
  const [version, engine, request, memory]: Sealed = packr.unpack(body)
  if (version !== VERSION || engine !== ENGINE_SHA256) return reject(OTHER_VERSION)
  return { ok: true, request, memory }
}

function signingKey(key: Uint8Array, use: "sign" | "verify"): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", new Uint8Array(key), HMAC, false, [use])
}
