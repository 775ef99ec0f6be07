import type { RequestHandler } from "express"
import { HttpRefusal } from "./http-refusal.ts"

/**
 * A request that can be read in one way alone. Two Host headers, or one that is no host; a body in a coding that whoever
 * stands between us and the caller may know and we do not: both end where two readers could part.
 */
export const oneReading: RequestHandler = (request, _response, next) => {
  const hosts = request.headersDistinct.host ?? []
  if (hosts.length !== 1 || !/^[\w.:[\]-]{1,255}$/.test(hosts[0] ?? ""))
    throw refusal("A request names one host.", "Host")
  const coding = request.headers["transfer-encoding"]
  if (coding !== undefined && coding.toLowerCase() !== "chunked") {
    throw refusal("A body comes in chunks or with its length.", "Transfer-Encoding")
  }
  next()
}

function refusal(detail: string, path: string): HttpRefusal {
  return new HttpRefusal(400, { code: "invalid-input", detail, path }, { Connection: "close" })
}
