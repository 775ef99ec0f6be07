import type { Request } from "express"
import ipaddr from "ipaddr.js"
import type { Client } from "../accounts/accounts.ts"

const BROWSERS = [
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/\bChrome\/|\bCriOS\/|\bHeadlessChrome\//, "Chrome"],
  [/\bSafari\//, "Safari"],
  [/^curl\//, "curl"],
  [/^node\b/i, "Node"],
] as const
const SYSTEMS = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
] as const

/** Where a request comes from, in words and no more exactly than a person needs to recognise it. */
export function clientOf(request: Request): Client {
  return { device: deviceOf(request.get("user-agent") ?? ""), address: networkOf(request.ip ?? ""), ip: request.ip }
}

/** "Firefox on Linux"; nothing of the user agent itself, which is whatever the other side likes. */
export function deviceOf(userAgent: string): string {
  const browser = BROWSERS.find(([sign]) => sign.test(userAgent))?.[1]
  const system = SYSTEMS.find(([sign]) => sign.test(userAgent))?.[1]
  if (browser && system) return `${browser} on ${system}`
  return browser ?? system ?? "Another program"
}

/** The network of an address, `203.0.113.0/24` or `2001:db8:7::/48`; this machine is "this machine". */
export function networkOf(text: string): string {
  if (!ipaddr.isValid(text)) return ""
  const address = ipaddr.process(text)
  if (address.range() === "loopback") return "this machine"
  if (address.kind() === "ipv4") return `${ipaddr.IPv4.networkAddressFromCIDR(`${address}/24`)}/24`
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/48`)}/48`
}
