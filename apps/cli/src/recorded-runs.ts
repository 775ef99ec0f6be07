import { join } from "node:path"
import { openRunRecords } from "@nexus/kernel/records"
import { endpoints, NexusError, type RunRecord, type RunRecordSummary } from "@nexus/protocol"
import { askServer, serverOf } from "./ask-server.ts"
import type { Io } from "./io.ts"

/** Where recorded runs are: in a data folder, which a server may be using, or with a server. */
export interface RecordsPlace {
  readonly data: string
  readonly server?: string
  readonly workspace?: string
  readonly token?: string
}

/** The recorded runs of a place. */
export interface RecordedRuns {
  /** Throws `not-found`. */
  read(run: string): Promise<RunRecord>
  /** Newest first, at most `limit` of those that are `wanted`. */
  list(wanted: WantedRuns): Promise<readonly RunRecord[]>
  close(): Promise<void>
}

export interface WantedRuns {
  readonly limit: number
  readonly since?: number | undefined
  readonly isWanted: (run: RunRecordSummary) => boolean
}

/** One place as both kinds of it are asked. */
interface Source {
  workspaces(): Promise<readonly string[]>
  page(workspace: string, wanted: { since?: number | undefined; before?: number; limit: number }): Promise<Page>
  read(workspace: string, run: string): Promise<RunRecord | undefined>
  close(): Promise<void>
}

interface Page {
  readonly runs: readonly RunRecordSummary[]
  readonly more: boolean
}

const PAGE = 500
const SERVER_WORKSPACE = "home"

export function openRecordedRuns(io: Io, command: string, place: RecordsPlace): RecordedRuns {
  const source = place.server === undefined ? folderSource(place) : serverSource(io, command, place.server, place)
  return {
    read: async (run) => {
      for (const workspace of await source.workspaces()) {
        const record = await source.read(workspace, run)
        if (record) return record
      }
      throw new NexusError({ code: "not-found", what: "record of a run", id: run })
    },
    list: async ({ limit, since, isWanted }) => {
      const found: { readonly workspace: string; readonly run: RunRecordSummary }[] = []
      for (const workspace of await source.workspaces()) {
        for await (const run of runsOf(source, workspace, since)) {
          if (!isWanted(run)) continue
          found.push({ workspace, run })
          if (found.length === limit) break
        }
      }
      const newest = found.sort((a, b) => b.run.at - a.run.at).slice(0, limit)
      const records: RunRecord[] = []
      for (const { workspace, run } of newest) {
        const record = await source.read(workspace, run.run)
        if (record) records.push(record)
      }
      return records
    },
    close: () => source.close(),
  }
}

/** Page by page. Runs that began in the same millisecond may be on two pages, and are told once. */
async function* runsOf(source: Source, workspace: string, since: number | undefined): AsyncGenerator<RunRecordSummary> {
  const told = new Set<string>()
  for (let before: number | undefined; ; ) {
    const page = await source.page(workspace, { since, limit: PAGE, ...(before === undefined ? {} : { before }) })
    const fresh = page.runs.filter(({ run }) => !told.has(run))
    for (const run of fresh) {
      told.add(run.run)
      yield run
    }
    const last = page.runs.at(-1)
    if (!page.more || !last || fresh.length === 0) return
    before = last.at + 1
  }
}

function folderSource({ data, workspace }: RecordsPlace): Source {
  const records = openRunRecords(join(data, "runs.sqlite"))
  return {
    workspaces: async () => (workspace === undefined ? records.workspaces() : [workspace]),
    page: (of, wanted) => records.list(of, wanted),
    read: (of, run) => records.read(of, run),
    close: () => records.close(),
  }
}

function serverSource(io: Io, command: string, url: string, place: RecordsPlace): Source {
  const { workspace = SERVER_WORKSPACE, token } = place
  const server = serverOf(io, command, { server: url, ...(token === undefined ? {} : { token }) })
  return {
    workspaces: async () => [workspace],
    page: (of, query) => askServer(server, endpoints.listRunRecords, { params: { workspace: of }, query }),
    read: (of, run) => askServer(server, endpoints.readRunRecord, { params: { workspace: of, run } }),
    close: async () => undefined,
  }
}
