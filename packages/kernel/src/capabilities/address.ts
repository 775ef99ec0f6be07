import { lookup as resolve } from "node:dns"
import type { LookupFunction } from "node:net"
import { NexusError } from "@nexus/protocol"
import ipaddr from "ipaddr.js"

/** Is this a public unicast address, whatever way it is spelt (IPv4 inside IPv6 included)? */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  return parsed.range() === "unicast"
}

/**
 * DNS for connections a handler asked for. The decision falls on the very address that is connected to, so a name that
 * answers differently the second time gains nothing. One private answer among public ones refuses the name.
 */
export const publicLookup: LookupFunction = (hostname, options, done) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, "", 0)
    const inward = addresses.find(({ address }) => !isPublicAddress(address))
    const first = addresses[0]
    if (inward || !first) return done(refused(hostname, inward?.address ?? "no address"), "", 0)
    if (options.all) done(null, addresses)
    else done(null, first.address, first.family)
  })
}

export function refused(hostname: string, address: string): NexusError {
  return new NexusError({
    code: "capability-denied",
    capability: `http:${hostname}`,
    detail: `"${hostname}" leads to ${address}, which is not a public address. Handlers reach public addresses only.`,
  })
}
