import { classNames } from "./class-names.ts"
import { personColour } from "./person-colour.ts"
import { Tip } from "./Tip.tsx"

interface AvatarProps {
  readonly id: string
  readonly name: string
  readonly note?: string
  readonly className?: string
}

/** A person as two letters in their colour. */
export function Avatar({ id, name, note, className }: AvatarProps) {
  return (
    <Tip label={note ? `${name} · ${note}` : name}>
      <span
        role="img"
        aria-label={note ? `${name}, ${note}` : name}
        style={{ background: personColour(id) }}
        className={classNames(
          "inline-flex size-7 shrink-0 select-none items-center justify-center rounded-full border-2 border-surface font-bold text-[11px] text-surface",
          className,
        )}
      >
        {initials(name)}
      </span>
    </Tip>
  )
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = words.length > 1 ? `${words[0]?.[0] ?? ""}${words.at(-1)?.[0] ?? ""}` : name.trim().slice(0, 2)
  return letters.toUpperCase() || "?"
}
