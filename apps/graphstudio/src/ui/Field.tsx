import { type ComponentProps, useId } from "react"
import { classNames } from "./class-names.ts"

interface FieldProps extends ComponentProps<"input"> {
  readonly label: string
  readonly hint?: string | undefined
}

/** A text input with its label above. */
export function Field({ label, hint, className, ...rest }: FieldProps) {
  const id = useId()
  return (
    <div className={classNames("flex flex-col gap-1", className)}>
      <label htmlFor={id} className="font-medium text-13">
        {label}
      </label>
      <input
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="h-9 rounded-control border border-line-strong bg-surface px-3 text-14 placeholder:text-faint focus-visible:outline-offset-0"
        {...rest}
      />
      {hint ? (
        <p id={`${id}-hint`} className="text-12 text-soft">
          {hint}
        </p>
      ) : null}
    </div>
  )
}
