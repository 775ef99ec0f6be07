import { scriptUrl } from "../script-url.ts"

/** A page that is never idle is kept all the same. */
const LATEST_MS = 5000

/** Lets the browser keep this page's files while it has nothing else to do. Over plain HTTP it keeps none. */
export function keepPage(): void {
  if (!("serviceWorker" in navigator)) return
  const register = () => void navigator.serviceWorker.register(scriptUrl("/service-worker.js")).catch(() => {})
  if ("requestIdleCallback" in globalThis) requestIdleCallback(register, { timeout: LATEST_MS })
  else setTimeout(register, 1000)
}
