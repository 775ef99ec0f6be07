import { Button } from "../ui/Button.tsx"
import { say } from "../words/say.ts"

interface ReadingTableProps {
  readonly file: File
  readonly share: number
  readonly onStop: () => void
}

/** A file on its way in: how far, and the way out. */
export function ReadingTable({ file, share, onStop }: ReadingTableProps) {
  const percent = Math.round(share * 100)
  return (
    <div className="mx-auto flex max-w-[420px] flex-col gap-3 px-6 py-16">
      <p className="truncate font-medium text-14">{say("Reading {file}", { file: file.name })}</p>
      <progress
        aria-label={say("Reading {file}", { file: file.name })}
        max={100}
        value={percent}
        className="h-2 w-full accent-(--nx-accent)"
      />
      <div className="flex items-center justify-between">
        <span className="tabular text-13 text-soft">{say("{percent} %", { percent })}</span>
        <Button onClick={onStop}>{say("Stop")}</Button>
      </div>
    </div>
  )
}
