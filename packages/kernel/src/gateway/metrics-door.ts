import { timingSafeEqual } from "node:crypto"
import { NexusError } from "@nexus/protocol"
import type { Request } from "express"
import ipaddr from "ipaddr.js"

const NEAR: readonly string[] = ["loopback", "private", "uniqueLocal", "linkLocal"]

/**
 * Who may read the metrics: whoever holds the token, where one is set; else whoever asks from this machine or its own
 * network without a proxy between. They name nobody, but they say how busy a place is and when it was started.
 */
export function createMetricsDoor(token: string | undefined): (request: Request) => void {
  return (request) => {
    if (token === undefined ? isNear(request) : holds(request, token)) return
    const detail = "Metrics are read with the token that NEXUS_METRICS_TOKEN sets, or from the kernel's own network."
    throw new NexusError({ code: "forbidden", detail })
  }
}

function holds(request: Request, token: string): boolean {
  const given = Buffer.from(request.get("authorization")?.replace(/^Bearer /, "") ?? "")
  const wanted = Buffer.from(token)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

function isNear(request: Request): boolean {
  if (request.get("x-forwarded-for") !== undefined || request.get("forwarded") !== undefined) return false
  const { remoteAddress = "" } = request.socket
  return ipaddr.isValid(remoteAddress) && NEAR.includes(ipaddr.process(remoteAddress).range())
}
