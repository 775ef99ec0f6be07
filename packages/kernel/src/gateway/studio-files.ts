import { existsSync, readdirSync, readFileSync } from "node:fs"
import { extname, join } from "node:path"
import express, { type RequestHandler, Router } from "express"
import * as z from "zod"
import { SANDBOX_POLICY } from "./security-headers.ts"

/**
 * The built studio. Files under `assets/` carry their hash in their name and are kept for a year, and the build
 * lays a `.br` beside each that becomes smaller; `index.html` is asked for again each time, and answers for every address of the studio.
 */
export function studioFiles(dir: string | undefined): Router {
  const router = Router()
  if (!dir || !existsSync(join(dir, "index.html"))) {
    router.get("/", (_request, response) => {
      response.status(503).type("text/plain").send("The studio is not built here; run npm run build and start again.\n")
    })
    return router
  }
  router.use("/assets", sandboxPolicy)
  router.use("/assets", compressedAssets(join(dir, "assets")))
  router.use("/assets", express.static(join(dir, "assets"), { index: false, immutable: true, maxAge: "1y" }))
  router.use(express.static(dir, { index: false, cacheControl: false, setHeaders: revalidate }))
  router.get("/{*path}", (request, response, next) => {
    if (extname(request.path) !== "" || request.path.startsWith("/api/")) return next()
    response.set("Cache-Control", "no-cache").sendFile(join(dir, "index.html"), { cacheControl: false })
  })
  return router
}

/** The worker that runs handlers in a page has a policy of its own. */
const sandboxPolicy: RequestHandler = (request, response, next) => {
  if (/^\/sandbox-worker-[\w-]+\.js$/.test(request.path)) response.set("Content-Security-Policy", SANDBOX_POLICY)
  next()
}

const Manifest = z.record(z.string(), z.object({ file: z.string() }))

/** The address of the script for single panels, as the build named it. */
export function viewerScript(dir: string | undefined): string | undefined {
  const manifest = dir && join(dir, ".vite/viewer.json")
  if (!manifest || !existsSync(manifest)) return undefined
  const built = Manifest.parse(JSON.parse(readFileSync(manifest, "utf8")))["src/viewer/main.ts"]
  return built && `/${built.file}`
}

function revalidate(response: { setHeader(name: string, value: string): unknown }): void {
  response.setHeader("Cache-Control", "no-cache")
}

const COMPRESSIBLE = new Map([
  [".js", "text/javascript"],
  [".css", "text/css"],
  [".svg", "image/svg+xml"],
  [".wasm", "application/wasm"],
  [".json", "application/json"],
])

/** Serves brotli to browsers that take it, as the build made it; everything else falls through to the plain file. */
function compressedAssets(dir: string): RequestHandler {
  const known = new Set(readdirSync(dir).filter((name) => name.endsWith(".br")))
  return (request, response, next) => {
    const name = request.path.slice(1)
    const type = COMPRESSIBLE.get(extname(name))
    const readable = request.method === "GET" || request.method === "HEAD"
    if (!type || !readable || !known.has(`${name}.br`) || !request.acceptsEncodings("br")) return next()
    response.set({ "Content-Encoding": "br", Vary: "Accept-Encoding" })
    response.type(type).sendFile(`${name}.br`, { root: dir, immutable: true, maxAge: "1y" })
  }
}
