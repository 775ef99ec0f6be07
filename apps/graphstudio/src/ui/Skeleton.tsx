import { say } from "../words/say.ts"

/** Grey lines where text will be; they appear only after 400 ms. */
export function Skeleton({ lines = 3, label = say("Loading") }: { readonly lines?: number; readonly label?: string }) {
  const widths = ["72%", "92%", "54%", "81%", "63%", "88%"]
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-3 p-4">
      {widths.slice(0, lines).map((width) => (
        <span key={width} className="nx-skeleton h-4" style={{ width }} />
      ))}
    </div>
  )
}
