import { existsSync } from "node:fs"
import { join } from "node:path"
import { type RequestHandler, Router } from "express"
import type { Accounts } from "../accounts/accounts.ts"
import type { RateLimits } from "./rate-limits.ts"
import { embedPolicy } from "./security-headers.ts"

/**
 * The one page that other sites may frame, and each only what a link names it for. Who the visitor is plays no part: no
 * cookie is read here, the code stands behind `#` and goes into the stream's first message. A link that has ended still
 * gives the page to its sites, which then says so; one that never was is shown to nobody.
 */
export function embedPage(
  studioDir: string | undefined,
  accounts: Pick<Accounts, "embedHostsOf">,
  limits: RateLimits,
): Router {
  const router = Router()
  const dir = studioDir !== undefined && existsSync(join(studioDir, "embed.html")) ? studioDir : undefined
  const answer: RequestHandler<{ share: string }> = async (request, response) => {
    response.locals.route = "embed"
    await limits.take("open", request.ip ?? "", response)
    const { share } = request.params
    const hosts = /^share_\w{1,60}$/.test(share) ? await accounts.embedHostsOf(share) : undefined
    response.set("Content-Security-Policy", embedPolicy(hosts ?? [], request.get("host")))
    response.set("Cache-Control", "no-cache")
    if (!dir) {
      const text = "The studio is not built here; run npm run build and start again.\n"
      response.status(503).type("text/plain").send(text)
    } else response.status(hosts ? 200 : 404).sendFile(join(dir, "embed.html"), { cacheControl: false })
  }
  router.get("/embed/:share", answer)
  return router
}

/** Where a page shows what a link opens. */
export function embedPath({ id, code }: { readonly id: string; readonly code?: string }): string {
  return `/embed/${id}${code === undefined ? "" : `#${code}`}`
}
