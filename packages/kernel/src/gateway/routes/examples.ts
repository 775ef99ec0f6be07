import { NexusError } from "@nexus/protocol"
import { Router } from "express"
import { examplePrices } from "../../examples/prices.ts"
import { exampleStatus } from "../../examples/status.ts"
import { exampleWeather } from "../../examples/weather.ts"

const EXAMPLES = new Map<string, (nowMs: number) => object>([
  ["weather", exampleWeather],
  ["prices", examplePrices],
  ["status", exampleStatus],
])

/** Example data for panels to fetch. Open to all on this address, and to no other page: no CORS header is sent. */
export function exampleRoutes(clock: () => number): Router {
  const router = Router()
  router.get("/examples", (_request, response) => {
    response.json({ examples: [...EXAMPLES.keys()].map((name) => `/examples/${name}`) })
  })
  router.get("/examples/:name", (request, response) => {
    const example = EXAMPLES.get(request.params.name)
    if (!example) throw new NexusError({ code: "not-found", what: "example", id: request.params.name })
    response.set("Cache-Control", "no-store").json(example(clock()))
  })
  return router
}
