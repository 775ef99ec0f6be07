import { endpoints } from "@nexus/protocol"
import type { Health } from "../../health/health.ts"
import type { Routes } from "../call.ts"

export interface HealthRouteParts {
  readonly health: Health
}

/** How the kernel is, for its operator; when it was started, for everybody who looks back in time. */
export function healthRoutes(routes: Routes, { health }: HealthRouteParts): void {
  routes.guarded(endpoints.readHealth, () => health.read())
  routes.guarded(endpoints.readSandboxes, async () => health.sandboxes())
  routes.guarded(endpoints.listStarts, async () => ({ starts: [...(await health.starts())] }))
}
