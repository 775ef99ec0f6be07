import { endpoints, type ListedWorkspace } from "@nexus/protocol"
import { Pause, Play, Radio, Search } from "lucide-react"
import { useCallback, useEffect, useRef, useState } from "react"
import * as z from "zod"
import { useLoaded } from "../account/use-loaded.ts"
import { sentence } from "../connect/sentence.ts"
import { useSession } from "../connect/session-context.ts"
import { doerInWords } from "../history/deed-in-words.ts"
import { TimelineEntry } from "../timeline/twin.ts"
import { instant } from "../ui/ago.ts"
import { Button } from "../ui/Button.tsx"
import { Empty } from "../ui/Empty.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { say, sayAgain } from "../words/say.ts"
import { chooseEvents, gather, keyOf, named } from "./gather-events.ts"
import { useWorkspaces } from "./use-workspaces.ts"
import { WorkspaceChoice } from "./WorkspaceChoice.tsx"

const EVERY_MS = 2000
const FIRST_MS = 24 * 3_600_000
const LIMIT = "200"
/** What is written a moment late is still asked for. */
const OVERLAP_MS = 5000

/** What is recorded of a workspace, as it comes. */
export default function EventsSection() {
  const { value: workspaces, error } = useWorkspaces()
  const [chosen, setChosen] = useState<string>()
  if (error) return <Notice tone="wrong">{error}</Notice>
  if (!workspaces) return <Skeleton lines={6} label={say("Loading events")} />
  const workspace = chosen ?? workspaces[0]?.id
  if (workspace === undefined) {
    return (
      <Empty icon={<Radio size={24} />} title={say("No workspace yet")}>
        {say("Whatever happens in a workspace of yours is listed here as it comes.")}
      </Empty>
    )
  }
  return <Events key={workspace} workspace={workspace} workspaces={workspaces} onChoose={setChosen} />
}

interface EventsProps {
  readonly workspace: string
  readonly workspaces: readonly ListedWorkspace[]
  readonly onChoose: (workspace: string) => void
}

function Events({ workspace, workspaces, onChoose }: EventsProps) {
  const [following, setFollowing] = useState(true)
  const [text, setText] = useState("")
  const { events, error } = useEvents(workspace, following)
  const nameOf = useNames(workspace)
  const shown = events && chooseEvents(named(events, nameOf), text)
  return (
    <section aria-label={say("Events")} className="rounded-sheet border border-line bg-surface">
      <div className="flex flex-wrap gap-2 border-line border-b p-3">
        <label className="relative min-w-44 flex-1 phone:basis-full">
          <span className="sr-only">{say("Search the events")}</span>
          <Search size={14} aria-hidden="true" className="absolute start-3 top-2.5 text-faint" />
          <input
            type="search"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            placeholder={say("What happened, or who did it")}
            className="h-9 w-full rounded-control border border-line-strong bg-surface ps-9 pe-3 text-13 placeholder:text-faint"
          />
        </label>
        <WorkspaceChoice workspaces={workspaces} value={workspace} onChoose={onChoose} />
        <Button
          className="h-9"
          icon={following ? <Pause size={14} /> : <Play size={14} />}
          onClick={() => setFollowing(!following)}
        >
          {following ? say("Pause") : say("Follow")}
        </Button>
      </div>
      {error ? (
        <Notice tone="wrong" className="m-3">
          {error}
        </Notice>
      ) : null}
      {!shown && !error ? <Skeleton lines={6} label={say("Loading events")} /> : null}
      {shown?.length === 0 ? (
        <Empty icon={<Radio size={24} />} title={text === "" ? say("Nothing happened lately") : say("Nothing fits")}>
          {text === ""
            ? say("Change a value or run a handler in this workspace, and it is listed here at once.")
            : say("Try a shorter word. Words are looked for in what happened, its kind, and who did it.")}
        </Empty>
      ) : null}
      <ul aria-label={say("Events, newest first")} className="divide-y divide-line">
        {shown?.map((event) => (
          <li key={keyOf(event)} className="flex flex-wrap items-baseline gap-x-3 px-4 py-2 text-13">
            <time dateTime={new Date(event.at).toISOString()} className="tabular w-32 flex-none text-12 text-soft">
              {instant(event.at)}
            </time>
            <span className="min-w-0 flex-1 basis-52 [overflow-wrap:anywhere]">
              {event.actor ? <span className="font-medium">{doerInWords(event.actor)} </span> : null}
              <Summary text={event.summary} />
            </span>
            <span className="flex-none rounded-[5px] bg-sunken px-1.5 py-0.5 font-mono text-12 text-soft">
              <Summary text={event.type.replaceAll("_", " ")} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What is not known in this page's language stays English, and says so. */
function Summary({ text }: { readonly text: string }) {
  const said = sayAgain(text)
  return <span lang={said === text ? "en" : undefined}>{said}</span>
}

/** The names of who is in a workspace: what a handler did is recorded with an id alone. */
function useNames(workspace: string): (id: string) => string | undefined {
  const { api } = useSession()
  const { value } = useLoaded(
    useCallback(() => api.call(endpoints.listMembers, { params: { workspace } }), [api, workspace]),
  )
  return (id) => value?.members.find((member) => member.user.id === id)?.user.name
}

/** The events of the last day, and while they are followed those that come. What came in a pause is there after it. */
function useEvents(workspace: string, following: boolean) {
  const { api } = useSession()
  const [events, setEvents] = useState<readonly TimelineEntry[]>()
  const [error, setError] = useState<string>()
  const since = useRef(Date.now() - FIRST_MS)
  useEffect(() => {
    if (!following) return
    let here = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = async () => {
      const now = Date.now()
      const query = { workspace, from: String(since.current), to: String(now), limit: LIMIT }
      try {
        const answer = await api.call(endpoints.twinTimeline, { query })
        if (!here) return
        const came = z.array(TimelineEntry).parse(answer.entries)
        setEvents((known = []) => gather(known, came))
        setError(undefined)
        since.current = now - OVERLAP_MS
      } catch (cause) {
        if (here) setError(sentence(cause))
      }
      if (here) timer = setTimeout(ask, EVERY_MS)
    }
    ask()
    return () => {
      here = false
      clearTimeout(timer)
    }
  }, [api, workspace, following])
  return { events, error }
}
