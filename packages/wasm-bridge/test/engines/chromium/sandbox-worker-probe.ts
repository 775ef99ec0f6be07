import { giveUpPowers } from "../../../src/browser/powers.ts"

/** A worker under the sandbox's policy that tries to get out, before and after it gave up its powers. */
const refusedBy = async (attempt: () => unknown) => {
  try {
    await attempt()
    return "nothing"
  } catch (error) {
    return error instanceof Error ? error.name : "something"
  }
}

const NAMES =
  "fetch XMLHttpRequest WebSocket EventSource WebTransport importScripts indexedDB caches BroadcastChannel Worker navigator location eval close".split(
    " ",
  )

async function probe(): Promise<void> {
  const policy = {
    fetch: await refusedBy(() => fetch(location.origin)),
    import: await refusedBy(() => import(/* @vite-ignore */ `${location.origin}/page.js`)),
    eval: await refusedBy(() => new Function("return 1")()),
    socket: await refusedBy(
      () =>
        new Promise((opened, refused) => {
          const socket = new WebSocket(location.origin)
          socket.onopen = opened
          socket.onerror = () => refused(new TypeError("the socket did not open"))
        }),
    ),
  }
  giveUpPowers()
  const left = NAMES.filter((name) => name in globalThis)
  postMessage({ policy, left })
}
probe()
