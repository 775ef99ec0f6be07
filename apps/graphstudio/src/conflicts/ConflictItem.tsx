import type { Conflict } from "@nexus/reactor/client"
import { useId, useLayoutEffect, useRef, useState, useSyncExternalStore } from "react"
import { sentence } from "../connect/sentence.ts"
import { ago, instant } from "../ui/ago.ts"
import { confirm } from "../ui/ask.ts"
import { Button } from "../ui/Button.tsx"
import { Notice } from "../ui/Notice.tsx"
import { toast } from "../ui/toasts.ts"
import { say, sayAgain } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { useLinkStatus } from "../workspace/link-status.ts"
import { type ConflictLine, conflictLines, conflictText, whyNot } from "./conflict-words.ts"

/** One thing that did not fit: what the person did, why, what is there now, and the ways to end it. */
export function ConflictItem({ conflict }: { readonly conflict: Conflict }) {
  const { mirror } = useDesk()
  const online = useLinkStatus() === "online"
  const lines = useLines(conflict)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<string>()
  const item = useFocusThatGoesOn()
  const label = useId()

  const overwrite = async () => {
    setBusy(true)
    setRefused(undefined)
    try {
      await mirror.overwrite(conflict.ref)
      toast({
        tone: "good",
        title: say("Yours is on top"),
        action: { label: say("Undo"), run: () => void mirror.undo() },
      })
    } catch (error) {
      setRefused(sentence(error))
      setBusy(false)
    }
  }
  const letGo = async () => {
    const text = say("What you did here is kept nowhere else. Copy it first if you may need it.")
    const question = { title: say("Let yours go?"), text, action: say("Let it go"), tone: "wrong" } as const
    if (await confirm(question)) mirror.discard(conflict.ref)
  }
  const copy = () =>
    navigator.clipboard.writeText(conflictText(conflict, mirror.graph)).then(
      () => toast({ title: say("Copied") }),
      () => toast({ tone: "wrong", title: say("The browser did not let us copy") }),
    )

  return (
    <li
      ref={item}
      aria-labelledby={label}
      className="flex flex-col gap-2.5 border-line border-b px-4 py-3 last:border-b-0"
    >
      <div>
        <p id={label} className="font-medium text-14 [overflow-wrap:anywhere]">
          {lines[0]?.did ?? capital(sayAgain(conflict.reason))}
          {lines.length > 1 ? (
            <span className="text-soft"> {say("and {count} more", { count: lines.length - 1 })}</span>
          ) : null}
        </p>
        <p className="text-12 text-soft">
          <span title={instant(conflict.at)}>{say("You, {ago}.", { ago: ago(conflict.at, Date.now()) })}</span>{" "}
          {whyNot(conflict.failure)}
        </p>
      </div>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one conflict never change their order
        <Comparison key={index} line={line} />
      ))}
      {refused ? <Notice tone="wrong">{refused}</Notice> : null}
      <div className="flex flex-wrap gap-2">
        {lines.length > 0 ? (
          <Button small tone="primary" disabled={busy || !online} onClick={overwrite}>
            {say("Put mine on top")}
          </Button>
        ) : null}
        <Button small disabled={busy} onClick={letGo}>
          {lines.some(({ now }) => now !== undefined) ? say("Keep what is there") : say("Let it go")}
        </Button>
        {lines.length > 0 ? (
          <Button small tone="quiet" onClick={copy}>
            {say("Copy mine")}
          </Button>
        ) : null}
      </div>
      {online ? null : <p className="text-12 text-faint">{say("Yours can be put on top when the line is back.")}</p>}
    </li>
  )
}

function Comparison({ line: { place, mine, now } }: { readonly line: ConflictLine }) {
  if (mine === undefined) return null
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1.5 rounded-control bg-sunken px-3 py-2 text-12">
      <dt className="text-faint">{say("Yours")}</dt>
      <dd>
        <Text look="bg-info-soft" place={place}>
          {mine}
        </Text>
      </dd>
      {now === undefined ? null : (
        <>
          <dt className="text-faint">{say("There now")}</dt>
          <dd>
            <Text place={place}>{now}</Text>
          </dd>
        </>
      )}
    </dl>
  )
}

interface TextProps {
  readonly children: string
  readonly place: string | undefined
  readonly look?: string
}

function Text({ children, place, look = "" }: TextProps) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a long source scrolls, also by keys
      tabIndex={0}
      aria-label={place}
      className={`max-h-40 overflow-auto whitespace-pre-wrap rounded-[4px] px-1 font-mono [overflow-wrap:anywhere] ${look}`}
    >
      {children}
    </section>
  )
}

/** What is there now goes on changing while the person reads. */
function useLines(conflict: Conflict): readonly ConflictLine[] {
  const { mirror } = useDesk()
  const text = useSyncExternalStore(
    (told) => mirror.onTouched(told),
    () => JSON.stringify(conflictLines(conflict, mirror.graph)),
  )
  return JSON.parse(text)
}

/** Whoever decided by keys goes on with the next one, and is not thrown back to the page. */
function useFocusThatGoesOn() {
  const item = useRef<HTMLLIElement>(null)
  useLayoutEffect(() => {
    const own = item.current
    return () => {
      if (!own?.contains(document.activeElement)) return
      const next = own.nextElementSibling ?? own.previousElementSibling ?? own.closest("aside")
      if (next instanceof HTMLElement) (next.querySelector<HTMLElement>("button") ?? next).focus()
    }
  }, [])
  return item
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
