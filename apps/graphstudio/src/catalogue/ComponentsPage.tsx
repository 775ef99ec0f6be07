import { ArrowLeft, ListFilter, Moon, Sun } from "lucide-react"
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react"
import { navigate, routeHref } from "../connect/route.ts"
import { oppositeTheme, setAppearance, useAppearance } from "../ui/appearance.ts"
import { Button, IconButton } from "../ui/Button.tsx"
import { classNames } from "../ui/class-names.ts"
import { Logo } from "../ui/Logo.tsx"
import { isTyping } from "../ui/shortcut.ts"
import { say } from "../words/say.ts"
import { carry } from "./carried.ts"
import { type EntryGroup, readCatalogue, searchCatalogue } from "./catalogue.ts"
import { EntrySection } from "./EntrySection.tsx"
import { useCurrent } from "./use-current.ts"

const CATALOGUE = readCatalogue()
const COUNT = CATALOGUE.reduce((sum, { entries }) => sum + entries.length, 0)

interface ComponentsPageProps {
  /** The one the address names. */
  readonly component: string
  /** The workspace one came from. */
  readonly workspace: string | undefined
}

/** Every component, alive, with all that can be written on it. */
export default function ComponentsPage({ component, workspace }: ComponentsPageProps) {
  const [text, setText] = useState("")
  const wanted = useDeferredValue(text)
  const groups = useMemo(() => searchCatalogue(CATALOGUE, wanted), [wanted])
  const names = groups.flatMap(({ entries }) => entries.map(({ name }) => name)).join(" ")
  const scroller = useRef<HTMLElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const current = useCurrent(scroller, names)

  useEffect(() => {
    document.title = [component, say("Components"), "Nexus"].filter(Boolean).join(" · ")
    if (component) document.getElementById(component)?.scrollIntoView()
    return () => {
      document.title = "Nexus"
    }
  }, [component])

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || isTyping(event.target)) return
      event.preventDefault()
      search.current?.focus()
    }
    addEventListener("keydown", onKeyDown)
    return () => removeEventListener("keydown", onKeyDown)
  }, [])

  const open = workspace
    ? (source: string) => {
        carry(source)
        navigate({ at: "workspace", workspace })
      }
    : undefined

  return (
    <div className="flex h-full flex-col">
      <Bar workspace={workspace} />
      <div className="flex min-h-0 flex-1">
        <nav
          aria-label={say("Components")}
          className="w-60 flex-none overflow-y-auto border-line border-e bg-surface px-3 py-5 max-md:hidden"
        >
          {groups.map((group) => (
            <Names key={group.title} group={group} current={current} />
          ))}
        </nav>
        <main ref={scroller} className="relative min-w-0 flex-1 overflow-y-auto bg-bg">
          <div className="mx-auto max-w-[1080px] px-8 pt-10 pb-[60vh] max-md:px-4 max-md:pt-6">
            <h1 className="font-bold text-28">{say("Components")}</h1>
            <p className="mt-1 max-w-[860px] text-14 text-soft">
              {say(
                "{COUNT} of them, each alive on this page: type, press and choose, and watch the states below it change.",
                { COUNT },
              )}
            </p>
            <label className="relative mt-5 block max-w-[440px]">
              <span className="sr-only">{say("Search the components")}</span>
              <ListFilter size={15} className="-translate-y-1/2 absolute top-1/2 start-3 text-faint" />
              <input
                ref={search}
                type="search"
                value={text}
                onChange={(event) => setText(event.currentTarget.value)}
                placeholder={say("Search by name, property or purpose")}
                aria-keyshortcuts="/"
                className="h-9 w-full rounded-control border border-line-strong bg-surface pe-3 ps-9 text-14 placeholder:text-faint"
              />
            </label>
            <p role="status" className="mt-2 min-h-5 text-13 text-soft">
              {wanted.trim() === "" ? "" : found(names)}
            </p>
            {groups.map((group) => (
              <section key={group.title} aria-label={group.title} className="mt-6">
                <h2 className="font-bold text-16">{group.title}</h2>
                <p className="mb-4 text-13 text-soft">{group.text}</p>
                {group.entries.map((entry) => (
                  <EntrySection key={entry.name} entry={entry} onOpen={open} />
                ))}
              </section>
            ))}
          </div>
        </main>
      </div>
    </div>
  )
}

function found(names: string): string {
  const count = names === "" ? 0 : names.split(" ").length
  if (count === 0) return say("Nothing is called or does that. Try a shorter word.")
  return say("{count, plural, one {# component} other {# components}}", { count })
}

function Bar({ workspace }: { readonly workspace: string | undefined }) {
  const theme = useAppearance((state) => state.theme)
  const next = oppositeTheme(theme)
  return (
    <header className="z-30 flex h-12 flex-none items-center gap-2.5 border-line border-b bg-surface px-3">
      <Logo size={22} />
      <span className="font-bold text-14">{say("Nexus")}</span>
      <div className="flex-1" />
      <IconButton
        label={next === "dark" ? say("Dark appearance") : say("Light appearance")}
        icon={next === "dark" ? <Moon size={16} /> : <Sun size={16} />}
        onClick={() => setAppearance({ theme: next })}
      />
      <Button
        icon={<ArrowLeft size={14} />}
        onClick={() => navigate(workspace ? { at: "workspace", workspace } : { at: "workspaces" })}
      >
        {workspace ? say("Back to the workspace") : say("Your workspaces")}
      </Button>
    </header>
  )
}

function Names({ group, current }: { readonly group: EntryGroup; readonly current: string | undefined }) {
  return (
    <div className="mb-4">
      <h2 className="px-2 pb-1 font-medium text-12 text-faint">{group.title}</h2>
      <ul>
        {group.entries.map(({ name }) => (
          <li key={name}>
            <a
              href={routeHref({ at: "components", component: name })}
              aria-current={name === current ? "location" : undefined}
              className={classNames(
                "block rounded-[6px] px-2 py-1 text-13",
                name === current ? "bg-accent-soft font-medium text-accent" : "text-soft hover:bg-hover hover:text-ink",
              )}
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
