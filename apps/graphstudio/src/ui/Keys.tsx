import { printShortcut } from "./shortcut.ts"

/** A shortcut drawn as keys. */
export function Keys({ shortcut }: { readonly shortcut: string }) {
  return (
    <span className="inline-flex gap-0.5" aria-hidden="true">
      {printShortcut(shortcut).map((key) => (
        <kbd
          key={key}
          className="inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-[5px] border border-line bg-sunken px-1 font-sans text-[11px] text-soft leading-none"
        >
          {key}
        </kbd>
      ))}
    </span>
  )
}
