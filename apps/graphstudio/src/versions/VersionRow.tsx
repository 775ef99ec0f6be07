import type { CommitSummary } from "@nexus/protocol"
import { Ellipsis, GitCompareArrows, RotateCcw, Tag } from "lucide-react"
import { ago, instant } from "../ui/ago.ts"
import { confirm } from "../ui/ask.ts"
import { Button, IconButton } from "../ui/Button.tsx"
import { classNames } from "../ui/class-names.ts"
import { Menu } from "../ui/Menu.tsx"
import { say } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { checkOut, compareTwo, revert, useOpened } from "./version-acts.ts"

interface VersionRowProps {
  readonly commit: CommitSummary
  readonly newest: boolean
  readonly editable: boolean
  readonly tags: readonly string[]
}

/** One version: what it is, and everything that is done with it. */
export function VersionRow({ commit, newest, editable, tags }: VersionRowProps) {
  const desk = useDesk()
  const { choosing } = useOpened()
  const subject = subjectOf(commit)
  const more = commit.message.slice(subject.length).trim()
  const [parent] = commit.parents
  const goBack = async () => {
    const yes = await confirm({
      title: say("Go back to “{subject}”?", { subject }),
      text: say(
        "Every panel and its state become as they were in that version, for everybody here. It is one change, and you can undo it.",
      ),
      action: say("Check out"),
    })
    if (yes) await checkOut(desk, commit.id, subject)
  }
  const takeBack = async () => {
    const yes = await confirm({
      title: say("Take back “{subject}”?", { subject }),
      text: say(
        "What this version changed is undone, and everything since stays. Where both changed the same, you are asked.",
      ),
      action: say("Take back"),
    })
    if (yes) await revert(desk, commit.id, subject)
  }
  const compare = (from: string, title: string, to?: string) =>
    useOpened.setState({ comparing: { from, title, ...(to ? { to } : {}) } })
  const items = [
    { label: say("Compare with now"), run: () => compare(commit.id, say("Since “{subject}”", { subject })) },
    { label: say("Compare with another version…"), run: () => useOpened.setState({ choosing: commit }) },
    ...(parent
      ? [
          {
            label: say("What it changed"),
            run: () => compare(parent, say("“{subject}” changed", { subject }), commit.id),
          },
        ]
      : []),
    ...(editable
      ? [
          {
            label: say("Branch from here"),
            run: () => useOpened.setState({ naming: { kind: "branch", from: commit.id } }),
          },
          { label: say("Tag it"), run: () => useOpened.setState({ naming: { kind: "tag", from: commit.id } }) },
          "line" as const,
          { label: say("Take back this version"), disabled: parent === undefined, run: takeBack },
        ]
      : []),
  ]
  const chosen = choosing?.id === commit.id
  return (
    <li
      className={classNames(
        "group relative flex items-start gap-3 px-4 py-2.5",
        chosen ? "bg-accent-soft" : "hover:bg-hover",
      )}
    >
      <span
        aria-hidden="true"
        className={`mt-1.5 size-2.5 flex-none border-2 border-accent bg-raised ${commit.parents.length > 1 ? "rotate-45" : "rounded-full"}`}
      />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-13 [overflow-wrap:anywhere]">{subject}</p>
        {more ? (
          <p className="mb-0.5 mt-0.5 line-clamp-4 whitespace-pre-line text-12 text-soft [overflow-wrap:anywhere]">
            {more}
          </p>
        ) : null}
        <p className="flex flex-wrap gap-x-2 text-12 text-soft" title={instant(commit.at)}>
          <span>
            {[commit.author, ...(commit.persons ?? [])].join(", ")} · {ago(commit.at, Date.now())}
          </span>
          <span translate="no" className="font-mono">
            {commit.id.slice(0, 7)}
          </span>
          {commit.parents.length > 1 ? <span className="rounded-full bg-sunken px-1.5">{say("merge")}</span> : null}
          {newest ? <span className="rounded-full bg-accent-soft px-1.5 text-accent">{say("latest")}</span> : null}
        </p>
        {tags.length > 0 ? (
          <p className="mt-1 flex flex-wrap gap-1 text-12">
            {tags.map((name) => (
              <span key={name} className="inline-flex max-w-full items-center gap-1 rounded-full bg-sunken px-1.5">
                <Tag size={11} aria-label={say("Tag")} className="flex-none text-soft" />
                <span className="truncate">{name}</span>
              </span>
            ))}
          </p>
        ) : null}
      </div>
      {choosing ? (
        chosen ? null : (
          <Button
            small
            icon={<GitCompareArrows size={13} />}
            aria-label={say("Compare with {subject}", { subject })}
            onClick={() => compareTwo(choosing, commit)}
          >
            {say("Compare")}
          </Button>
        )
      ) : (
        <>
          {editable ? (
            <IconButton
              small
              label={say("Check out {subject}", { subject })}
              icon={<RotateCcw size={14} />}
              onClick={goBack}
            />
          ) : null}
          <Menu
            align="end"
            trigger={
              <button
                type="button"
                aria-label={say("More about {subject}", { subject })}
                className="grid size-6 flex-none place-items-center rounded-[6px] text-soft hover:bg-hover hover:text-ink"
              >
                <Ellipsis size={15} />
              </button>
            }
            items={items}
          />
        </>
      )}
    </li>
  )
}

export function subjectOf({ message }: CommitSummary): string {
  return message.split("\n")[0] ?? ""
}
