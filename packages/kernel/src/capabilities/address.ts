import { type LookupAddress, type LookupAllOptions, lookup } from "node:dns"
import type { LookupFunction } from "node:net"
import { NexusError } from "@nexus/protocol"
import ipaddr from "ipaddr.js"

/** What stands where everybody can be reached, and answers only to the machines of a cloud: Azure's host agent. */
const INWARD: ReadonlySet<string> = new Set(["168.63.129.16"])
/** All that was ever given out for hosts of the public IPv6 internet. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR("2000::/3")

/** Is this a public unicast address, whatever way it is spelt (IPv4 inside IPv6 included)? */
export function isPublicAddress(address: string): boolean {
  // A zone means an interface of this very machine.
  if (!ipaddr.isValid(address) || address.includes("%")) return false
  const parsed = ipaddr.process(address)
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(GLOBAL_IPV6)) return false
  return parsed.range() === "unicast" && !INWARD.has(parsed.toString())
}

/** Which addresses may be connected to, and who says what a name's addresses are. */
export interface Reach {
  readonly lookup: (
    hostname: string,
    options: LookupAllOptions,
    done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
  ) => void
  readonly mayReach: (address: string) => boolean
}

export const PUBLIC: Reach = { lookup, mayReach: isPublicAddress }

/**
 * DNS for connections a handler asked for. The decision falls on the very address that is connected to, so a name that
 * answers differently the second time gains nothing. One private answer among public ones refuses the name.
 */
export function createLookup({ lookup: resolve, mayReach }: Reach): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, "", 0)
      const inward = addresses.find(({ address }) => !mayReach(address))
      const first = addresses[0]
      if (inward || !first) return done(refused(hostname, inward?.address ?? "no address"), "", 0)
      if (options.all) done(null, addresses)
      else done(null, first.address, first.family)
    })
  }
}

export function refused(hostname: string, address: string): NexusError {
  return new NexusError({
    code: "capability-denied",
    capability: `http:${hostname}`,
    detail: `"${hostname}" leads to ${address}, which is not a public address. Handlers reach public addresses only.`,
  })
}
