import type { ComponentProps, ReactNode } from "react"
import { classNames } from "./class-names.ts"
import { type TipSide, tipOf } from "./Tip.tsx"

const TONES = {
  primary: "bg-accent text-on-accent hover:brightness-108 active:brightness-95 border-transparent",
  plain: "bg-raised text-ink border-line hover:bg-hover",
  quiet: "bg-transparent text-ink border-transparent hover:bg-hover",
  wrong: "bg-wrong text-surface border-transparent hover:brightness-108",
} as const

export type ButtonTone = keyof typeof TONES

interface ButtonProps extends ComponentProps<"button"> {
  readonly tone?: ButtonTone
  readonly small?: boolean
  readonly icon?: ReactNode
}

/** A button that says what happens. */
export function Button({ tone = "plain", small, icon, className, children, type = "button", ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={classNames(
        "inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-control border font-medium",
        "transition-[background,filter,opacity] duration-150 disabled:opacity-45 disabled:pointer-events-none",
        small ? "h-7 px-2.5 text-12" : "h-8 px-3 text-13",
        TONES[tone],
        className,
      )}
      {...rest}
    >
      {icon}
      {children}
    </button>
  )
}

interface IconButtonProps extends Omit<ComponentProps<"button">, "children"> {
  /** The accessible name, also shown as the tooltip. */
  readonly label: string
  readonly icon: ReactNode
  readonly shortcut?: string | undefined
  readonly pressed?: boolean
  readonly small?: boolean
  readonly side?: TipSide
}

/** A button drawn as an icon; its label is its accessible name and its tooltip. */
export function IconButton({ label, icon, shortcut, pressed, small, side, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      {...tipOf({ label, shortcut, side })}
      className={classNames(
        "inline-flex shrink-0 items-center justify-center rounded-control transition-colors duration-150",
        "disabled:opacity-40 disabled:pointer-events-none",
        small ? "size-6 rounded-[6px]" : "size-8",
        pressed ? "bg-accent-soft text-accent" : "text-soft hover:bg-hover hover:text-ink",
        className,
      )}
      {...rest}
    >
      {icon}
    </button>
  )
}
