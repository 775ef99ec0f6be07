import { useEffect, useRef } from "react"
import { classNames } from "../ui/class-names.ts"
import { say } from "../words/say.ts"
import type { TreeNode } from "./view-tree.ts"

interface StructureTreeProps {
  readonly tree: readonly TreeNode[]
  readonly node: string | undefined
  readonly onSelect: (node: string) => void
}

/** How the components stand in each other: also those that paint nothing now, such as the other half of an If. */
export function StructureTree({ tree, node, onSelect }: StructureTreeProps) {
  return (
    <section aria-label={say("Structure")} className="border-line border-b py-2">
      <h4 className="px-4 pb-1 font-medium text-12 text-faint">{say("Structure")}</h4>
      {tree.length === 0 ? (
        <p className="px-4 text-12 text-soft">{say("Its View is empty. Add a component below.")}</p>
      ) : null}
      <div role="tree" aria-label={say("Components")} translate="no" className="max-h-72 overflow-auto px-2">
        {tree.map((each, index) => (
          <Branch key={each.id} tree={each} depth={0} node={node} first={index === 0} onSelect={onSelect} />
        ))}
      </div>
    </section>
  )
}

interface BranchProps {
  readonly tree: TreeNode
  readonly depth: number
  readonly node: string | undefined
  /** Takes the focus while nothing is selected. */
  readonly first: boolean
  readonly onSelect: (node: string) => void
}

const INDENT = 14

function Branch({ tree: { id, element, told, children }, depth, node, first, onSelect }: BranchProps) {
  const item = useRef<HTMLDivElement>(null)
  const selected = id === node
  useEffect(() => {
    const { current } = item
    if (!selected || !current) return
    // The keys go on where they were used; a choice on the panel leaves the focus there.
    if (document.activeElement?.closest("[role=tree]")) current.focus()
    else bringIn(current)
  }, [selected])
  return (
    <>
      <div
        ref={item}
        role="treeitem"
        aria-selected={selected}
        aria-level={depth + 1}
        tabIndex={selected || (first && node === undefined) ? 0 : -1}
        onClick={() => onSelect(id)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" && event.key !== " ") return
          event.preventDefault()
          onSelect(id)
        }}
        className={classNames(
          "flex h-7 cursor-default items-center gap-2 rounded-[7px] pe-2 text-13",
          selected ? "bg-accent-soft text-accent" : "hover:bg-hover",
        )}
        style={{ paddingInlineStart: 8 + depth * INDENT }}
      >
        <span className="flex-none">{element}</span>
        <span className={classNames("min-w-0 flex-1 truncate text-12", selected ? "text-accent" : "text-faint")}>
          {told}
        </span>
      </div>
      {children.length > 0 ? (
        // biome-ignore lint/a11y/useSemanticElements: a tree's branch is no fieldset
        <div role="group">
          {children.map((child) => (
            <Branch key={child.id} tree={child} depth={depth + 1} node={node} first={false} onSelect={onSelect} />
          ))}
        </div>
      ) : null}
    </>
  )
}

/** Scrolls the tree and nothing around it: the properties of what was chosen stay in sight. */
function bringIn(item: HTMLElement): void {
  const tree = item.closest("[role=tree]")
  if (!tree) return
  const [inner, outer] = [item.getBoundingClientRect(), tree.getBoundingClientRect()]
  if (inner.top < outer.top) tree.scrollBy({ top: inner.top - outer.top })
  else if (inner.bottom > outer.bottom) tree.scrollBy({ top: inner.bottom - outer.bottom })
}
