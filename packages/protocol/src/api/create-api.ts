import type * as z from "zod"
import { type AnyRequest, type ApiOptions, type ApiRequest, createApiClient } from "./api-client.ts"
import type { Endpoint } from "./endpoint.ts"
import * as endpoints from "./endpoints.ts"

type Endpoints = typeof endpoints
type RequestOf<Name extends keyof Endpoints> = ApiRequest<
  Endpoints[Name]["params"],
  Endpoints[Name]["query"],
  Endpoints[Name]["body"]
>

/** The API as functions, one for each endpoint, by its name. */
export type Api = {
  readonly [Name in keyof Endpoints]: (request: RequestOf<Name>) => Promise<z.output<Endpoints[Name]["answer"]>>
}

export function createApi(options: ApiOptions): Api {
  const client = createApiClient(options)
  const calls = Object.values<Endpoint>(endpoints).map((endpoint) => [
    endpoint.name,
    (request: AnyRequest) => client.call(endpoint, request),
  ])
  // Each function is made from the endpoint whose types it is given.
  return Object.fromEntries(calls)
}
