/// <reference lib="webworker" />

/**
 * Lets the page itself open without a line: it keeps the files of one build, which the build writes in here, and nothing
 * else. What the kernel answers is never kept here, so nobody's data is: that is the outbox's, person by person. A page
 * that comes from the network is always the newest; the kept one is for when nothing comes.
 */
declare const self: ServiceWorkerGlobalScope
declare const FILES: readonly string[]
declare const BUILD: string

const PAGE = "/"
const kept = new Set<string>([PAGE, ...FILES])

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(BUILD).then((cache) => cache.addAll([...kept])))
})

self.addEventListener("activate", (event) => {
  const forgetOthers = async () => {
    for (const name of await caches.keys()) if (name !== BUILD) await caches.delete(name)
  }
  event.waitUntil(forgetOthers())
})

self.addEventListener("fetch", (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== "GET" || origin !== self.location.origin || !kept.has(pathname)) return
  event.respondWith(pathname === PAGE ? newest(request) : asKept(request))
})

async function newest(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch (error) {
    const page = await caches.match(PAGE, { cacheName: BUILD })
    if (page) return page
    throw error
  }
}

/** Their names carry their hash: what is kept is what would come. */
async function asKept(request: Request): Promise<Response> {
  return (await caches.match(request.url, { cacheName: BUILD })) ?? fetch(request)
}
