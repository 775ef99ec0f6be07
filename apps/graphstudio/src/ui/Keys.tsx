import { Fragment } from "react"
import { currentKey, useOwnKeys } from "./own-keys.ts"
import { printShortcut } from "./shortcut.ts"

/** The keys of a shortcut that is usually `shortcut`, as they are on this device; nothing where they were taken away. */
export function Keys({ shortcut }: { readonly shortcut: string }) {
  const key = useOwnKeys(({ keys }) => currentKey(shortcut, shortcut, keys))
  return key ? <DrawnKeys shortcut={key} /> : null
}

/** A shortcut drawn as keys. */
export function DrawnKeys({ shortcut }: { readonly shortcut: string }) {
  return (
    <span className="inline-flex gap-0.5" aria-hidden="true">
      {printShortcut(shortcut).map((key, index) => (
        <Fragment key={key}>
          {/* Not seen, and heard: "Ctrl Z", not "CtrlZ". */}
          {index > 0 ? " " : null}
          <kbd className="inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-[5px] border border-line bg-sunken px-1 font-sans text-[11px] text-soft leading-none">
            {key}
          </kbd>
        </Fragment>
      ))}
    </span>
  )
}
