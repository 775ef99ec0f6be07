import { useEffect, useRef } from "react"
import { classNames } from "./class-names.ts"

interface SectionLinkProps {
  readonly href: string
  readonly title: string
  readonly here: boolean
}

/** One part of a page that has several, each with an address of its own. */
export function SectionLink({ href, title, here }: SectionLinkProps) {
  const link = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    // Where they stand in one row that scrolls, the one that is shown is in sight.
    if (here) link.current?.scrollIntoView({ block: "nearest", inline: "center" })
  }, [here])
  return (
    <a
      ref={link}
      href={href}
      aria-current={here ? "page" : undefined}
      className={classNames(
        "whitespace-nowrap rounded-control px-3 py-1.5 text-13",
        here ? "bg-accent-soft font-medium text-accent" : "text-soft hover:bg-hover",
      )}
    >
      {title}
    </a>
  )
}
