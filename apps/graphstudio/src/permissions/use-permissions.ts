import { endpoints, type GrantAnswer, type GrantChange } from "@nexus/protocol"
import { useEffect, useMemo, useState, useSyncExternalStore } from "react"
import { readPanel } from "../canvas/live-panels.ts"
import { sentence } from "../connect/sentence.ts"
import { useDesk, usePanels } from "../workspace/desk-context.ts"
import { type PanelPermissions, permissionsOf } from "./permissions-of.ts"

const PAGE = 100
const MOST = 1000

interface Told {
  readonly grants: readonly GrantAnswer[]
  /** Newest first; `undefined` until it is here. */
  readonly history: readonly GrantChange[] | undefined
  readonly more: boolean
  readonly error: string | undefined
}

export interface Permissions extends Omit<Told, "grants"> {
  readonly panels: readonly PanelPermissions[]
  readonly older: () => void
}

/** What panels hold and ask for, and who gave and took what; read anew whenever a panel's rights are others. */
export function usePermissions(): Permissions {
  const desk = useDesk()
  const { api, workspace, mirror } = desk
  const panels = usePanels()
  const rights = useSyncExternalStore(desk.watchEntities, () =>
    JSON.stringify([...mirror.graph.panels()].map(({ id, properties }) => [id, properties.grants])),
  )
  const [limit, setLimit] = useState(PAGE)
  const [told, setTold] = useState<Told>({ grants: [], history: undefined, more: false, error: undefined })

  // biome-ignore lint/correctness/useExhaustiveDependencies: other rights are the reason to ask again
  useEffect(() => {
    let here = true
    api.call(endpoints.listGrants, { params: { workspace }, query: { limit: String(limit) } }).then(
      ({ grants, history, more }) => here && setTold({ grants, history, more, error: undefined }),
      (error: unknown) => here && setTold((before) => ({ ...before, error: sentence(error) })),
    )
    return () => {
      here = false
    }
  }, [api, workspace, limit, rights])

  // biome-ignore lint/correctness/useExhaustiveDependencies: `rights` says that the panels in the graph are others
  const shown = useMemo(
    () => permissionsOf([...mirror.graph.panels()], readPanel, told.grants),
    [mirror, panels, rights, told.grants],
  )
  const older = () => setLimit((before) => Math.min(MOST, before * 2))
  return { ...told, panels: shown, more: told.more && limit < MOST, older }
}
