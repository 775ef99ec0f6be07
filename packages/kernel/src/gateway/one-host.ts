import type { RequestHandler } from "express"
import { HttpRefusal } from "./http-refusal.ts"

/** Two Host headers, or one that is no host: whoever stands between us and the caller may have read the other. */
export const oneHost: RequestHandler = (request, _response, next) => {
  const hosts = request.headersDistinct.host ?? []
  if (hosts.length === 1 && /^[\w.:[\]-]{1,255}$/.test(hosts[0] ?? "")) return next()
  throw new HttpRefusal(400, { code: "invalid-input", detail: "A request names one host.", path: "Host" })
}
