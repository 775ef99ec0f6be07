/** The part of Trusted Types that is used here; TypeScript's own DOM does not know it yet. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string }
}

/** The workers that are built with the page: that of the language service, the sandbox's, and the one that keeps it. */
const WORKERS = /^(?:\/assets\/(?:worker|sandbox-worker)-[\w-]+|\/service-worker)\.js$/

/** The page allows one policy, and this is all it lets through. */
const policy = (globalThis as { readonly trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy("nexus", {
  createScriptURL(url) {
    if (!WORKERS.test(url)) throw new TypeError(`${url} is no worker of this page`)
    return url
  },
})

/** The address of a worker as `Worker` takes it. */
export function scriptUrl(url: string): string {
  return policy?.createScriptURL(url) ?? url
}
