import type { AuditEntry } from "@nexus/protocol"
import { useCallback, useEffect, useState } from "react"
import { sentence } from "../connect/sentence.ts"
import { Button } from "../ui/Button.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { LANGUAGE } from "../words/language.ts"
import { say, sayRich } from "../words/say.ts"
import { actionWords, detailWords } from "./audit-words.ts"

interface EntryListProps {
  /** One page, the first or the one that `cursor` names; another function is another list. */
  readonly read: (cursor?: string) => Promise<{ readonly entries: readonly AuditEntry[]; readonly next?: string }>
  readonly nameOf: (id: string) => string | undefined
  /** What stands there when nothing fits. */
  readonly empty: string
}

/** Entries of the audit log, newest first, a page at a time. */
export function EntryList({ read, nameOf, empty }: EntryListProps) {
  const [entries, setEntries] = useState<readonly AuditEntry[]>()
  const [next, setNext] = useState<string>()
  const [error, setError] = useState<string>()

  useEffect(() => {
    let here = true
    read().then(
      (page) => {
        if (!here) return
        setEntries(page.entries)
        setNext(page.next)
        setError(undefined)
      },
      (cause: unknown) => here && setError(sentence(cause)),
    )
    return () => {
      here = false
    }
  }, [read])
  const earlier = useCallback(async () => {
    try {
      const page = await read(next)
      setEntries((known = []) => [...known, ...page.entries])
      setNext(page.next)
    } catch (cause) {
      setError(sentence(cause))
    }
  }, [read, next])

  if (error) return <Notice tone="wrong">{error}</Notice>
  if (!entries) return <Skeleton lines={4} label={say("Loading the log")} />
  if (entries.length === 0) return <p className="py-3 text-13 text-soft">{empty}</p>
  return (
    <>
      <ul aria-label={say("Entries")} className="flex flex-col divide-y divide-line text-13">
        {entries.map((entry) => (
          <li key={entry.n} className="flex flex-wrap items-baseline gap-x-3 py-1.5">
            <span className="min-w-0 flex-1 basis-64 [overflow-wrap:anywhere]">
              {sayRich("<b>{who}</b> {what}", {
                who: entry.actor?.name ?? say("Somebody"),
                what: actionWords(entry.action),
                b: (name) => <span className="font-medium">{name}</span>,
              })}
              <Detail text={detailWords(entry, nameOf)} />
            </span>
            <span className="flex-none text-12 text-soft tabular-nums">
              {entry.address ? `${entry.address} · ` : ""}
              <time dateTime={new Date(entry.at).toISOString()}>
                {new Date(entry.at).toLocaleString(LANGUAGE, { dateStyle: "short", timeStyle: "short" })}
              </time>
            </span>
          </li>
        ))}
      </ul>
      {next ? (
        <Button small className="mt-2" onClick={earlier}>
          {say("Earlier entries")}
        </Button>
      ) : null}
    </>
  )
}

function Detail({ text }: { readonly text: string }) {
  return text ? <span className="text-soft"> · {text}</span> : null
}
