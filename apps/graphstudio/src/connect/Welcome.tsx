import type { ReactNode } from "react"
import { Logo } from "../ui/Logo.tsx"
import { say } from "../words/say.ts"

interface WelcomeProps {
  readonly title: string
  readonly text?: ReactNode
  readonly children: ReactNode
  readonly wide?: boolean
}

/** The quiet page before the canvas: one sheet in the middle of the desk. */
export function Welcome({ title, text, children, wide }: WelcomeProps) {
  return (
    <main className="nx-desk grid h-full grid-cols-1 place-items-center overflow-auto p-6">
      <div className={wide ? "w-[640px] max-w-full" : "w-[400px] max-w-full"}>
        <div className="mb-5 flex items-center gap-2.5 px-1">
          <Logo size={28} />
          <span className="font-bold text-16">{say("Nexus")}</span>
        </div>
        <section className="nx-rise rounded-sheet border border-line bg-surface p-7 shadow-lifted">
          <h1 className="font-bold text-20">{title}</h1>
          {text ? <p className="mt-1 text-14 text-soft">{text}</p> : null}
          <div className="mt-5">{children}</div>
        </section>
      </div>
    </main>
  )
}
