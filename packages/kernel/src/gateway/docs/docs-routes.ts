import { readFileSync } from "node:fs"
import type { JsonObject } from "@nexus/protocol"
import { Router } from "express"
import { docsPage } from "./docs-page.ts"

const own = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8")

/** `/api/docs`: the description of the API to read and try, with a style sheet and a script of its own. */
export function docsRoutes(documentOf: () => JsonObject): Router {
  const [style, script] = [own("docs.css"), own("docs.js")]
  const router = Router()
  router.use("/api/docs", (_request, response, next) => {
    response.set("Cache-Control", "no-cache")
    next()
  })
  router.get("/api/docs", (_request, response) => {
    response.type("text/html").send(docsPage(documentOf()))
  })
  router.get("/api/docs/docs.css", (_request, response) => {
    response.type("text/css").send(style)
  })
  router.get("/api/docs/docs.js", (_request, response) => {
    response.type("text/javascript").send(script)
  })
  return router
}
