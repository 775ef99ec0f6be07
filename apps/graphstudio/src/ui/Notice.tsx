import { CircleAlert, Info, TriangleAlert } from "lucide-react"
import type { ReactNode } from "react"
import { classNames } from "./class-names.ts"

const TONES = {
  wrong: { look: "bg-wrong-soft text-wrong", icon: <CircleAlert size={15} /> },
  careful: { look: "bg-careful-soft text-careful", icon: <TriangleAlert size={15} /> },
  info: { look: "bg-info-soft text-info", icon: <Info size={15} /> },
} as const

interface NoticeProps {
  readonly tone: keyof typeof TONES
  readonly children: ReactNode
  readonly className?: string
}

/** A sentence that matters here and now. */
export function Notice({ tone, children, className }: NoticeProps) {
  const { look, icon } = TONES[tone]
  return (
    <div
      role={tone === "wrong" ? "alert" : "status"}
      className={classNames(
        "flex gap-2 rounded-control px-3 py-2 text-13 more:ring-1 more:ring-current more:ring-inset",
        look,
        className,
      )}
    >
      <span className="mt-[3px]">{icon}</span>
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">{children}</div>
    </div>
  )
}
