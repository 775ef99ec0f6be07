import { join } from "node:path"
import { openRunRecords } from "@nexus/kernel/records"
import { endpoints, NexusError, pagesOf, type RunRecord, type RunRecordSummary } from "@nexus/protocol"
import { askServer } from "./ask-server.ts"
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
  /** Page by page, newest first. */
  pages(workspace: string, since: number | undefined): AsyncIterable<{ readonly runs: readonly RunRecordSummary[] }>
  read(workspace: string, run: string): Promise<RunRecord | undefined>
  close(): Promise<void>
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

async function* runsOf(source: Source, workspace: string, since: number | undefined): AsyncGenerator<RunRecordSummary> {
  for await (const { runs } of source.pages(workspace, since)) yield* runs
}

function folderSource({ data, workspace }: RecordsPlace): Source {
  const records = openRunRecords(join(data, "runs.sqlite"))
  return {
    workspaces: async () => (workspace === undefined ? records.workspaces() : [workspace]),
    async *pages(of, since) {
      for (let after: { readonly at: number; readonly run: string } | undefined; ; ) {
        const page = await records.list(of, { since, limit: PAGE, ...(after ? { after } : {}) })
        yield page
        after = page.runs.at(-1)
        if (!page.more || !after) return
      }
    },
    read: (of, run) => records.read(of, run),
    close: () => records.close(),
  }
}

function serverSource(io: Io, command: string, url: string, place: RecordsPlace): Source {
  const { workspace = SERVER_WORKSPACE, token } = place
  const { call } = askServer(io, command, { server: url, token })
  return {
    workspaces: async () => [workspace],
    pages: (of, since) => {
      const query = { limit: String(PAGE), ...(since === undefined ? {} : { since: String(since) }) }
      const list = (asked: { readonly query: typeof query }) =>
        call(endpoints.listRunRecords, { params: { workspace: of }, ...asked })
      return pagesOf(list, { query })
    },
    read: (of, run) => call(endpoints.readRunRecord, { params: { workspace: of, run } }),
    close: async () => undefined,
  }
}
