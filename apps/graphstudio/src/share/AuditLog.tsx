import { type AuditEntry, endpoints } from "@nexus/protocol"
import { Download } from "lucide-react"
import { useEffect, useState } from "react"
import { sentence } from "../connect/sentence.ts"
import { Button } from "../ui/Button.tsx"
import { Notice } from "../ui/Notice.tsx"
import { useDesk } from "../workspace/desk-context.ts"

const SHOWN = 20

/** Who did what to roles, links, rights and limits here; for owners. */
export function AuditLog() {
  const { api, workspace } = useDesk()
  const [entries, setEntries] = useState<readonly AuditEntry[]>([])
  const [more, setMore] = useState(false)
  const [error, setError] = useState<string>()

  const read = async (before?: number): Promise<void> => {
    const query = { limit: String(SHOWN), ...(before === undefined ? {} : { before: String(before) }) }
    try {
      const page = await api.call(endpoints.listWorkspaceAudit, { params: { workspace }, query })
      setEntries((known) => (before === undefined ? page.entries : [...known, ...page.entries]))
      setMore(page.more)
    } catch (cause) {
      setError(sentence(cause))
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once for each workspace
  useEffect(() => {
    read()
  }, [api, workspace])
  const take = async () => {
    try {
      const bytes = await api.bytes(endpoints.exportWorkspaceAudit, { workspace }, new AbortController().signal)
      const link = document.createElement("a")
      link.href = URL.createObjectURL(bytes)
      link.download = `audit-${workspace}.jsonl`
      link.click()
      URL.revokeObjectURL(link.href)
    } catch (cause) {
      setError(sentence(cause))
    }
  }

  return (
    <section aria-labelledby="audit-log" className="mt-6 border-line border-t pt-4">
      <div className="mb-2 flex items-center">
        <h3 id="audit-log" className="flex-1 font-medium text-12 text-faint">
          Who did what
        </h3>
        <Button small icon={<Download size={13} />} onClick={take}>
          Export
        </Button>
      </div>
      {error ? <Notice tone="wrong">{error}</Notice> : null}
      <ul className="flex flex-col gap-1 text-12">
        {entries.map(({ n, at, action, actor, detail }) => (
          <li key={n} className="flex gap-2">
            <time className="w-32 shrink-0 text-soft" dateTime={new Date(at).toISOString()}>
              {new Date(at).toLocaleString([], { dateStyle: "short", timeStyle: "short" })}
            </time>
            <span className="min-w-0 flex-1 truncate">
              {actor?.name ?? "Somebody"}: {action.replace(".", " ").replaceAll("-", " ")}
              {Object.entries(detail).map(([fact, value]) => `, ${fact} ${value}`)}
            </span>
          </li>
        ))}
      </ul>
      {more ? (
        <div className="pt-2">
          <Button small onClick={() => read(entries.at(-1)?.n)}>
            Earlier
          </Button>
        </div>
      ) : null}
    </section>
  )
}
