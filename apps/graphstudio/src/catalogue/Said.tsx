const CODE =
  "rounded-[4px] border border-line bg-surface px-[3px] font-mono whitespace-nowrap text-[0.92em] text-ink [font-variant-ligatures:none]"

/** A sentence of the declarations; what stands between backticks is code. */
export function Said({ text }: { readonly text: string }) {
  return text.split("`").map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never move
      <code key={index} className={CODE}>
        {part}
      </code>
    ) : (
      part
    ),
  )
}
