import { elementOfNode } from "@nexus/reactor/language"
import { ArrowDown, ArrowUp, Copy, Group, MousePointerClick, Trash2, Ungroup } from "lucide-react"
import { type KeyboardEvent, useMemo } from "react"
import { LineLink } from "../log/LineLink.tsx"
import { Button, IconButton } from "../ui/Button.tsx"
import { Empty } from "../ui/Empty.tsx"
import { Menu } from "../ui/Menu.tsx"
import { isTyping } from "../ui/shortcut.ts"
import { say } from "../words/say.ts"
import { usePanelLevel } from "../workspace/desk-context.ts"
import { studio, useStudio } from "../workspace/studio.ts"
import { ComponentList } from "./ComponentList.tsx"
import { onDirectKey } from "./direct-keys.ts"
import { WRAPPERS } from "./made.ts"
import { Properties } from "./Properties.tsx"
import { usePanelDocument } from "./panel-document.ts"
import { focusLayer, focusProperties } from "./property-focus.ts"
import { StructureTree } from "./StructureTree.tsx"
import { type DirectActs, useDirectActs } from "./use-direct-acts.ts"
import { useSelected } from "./use-followed.ts"
import { pathTo, type TreeNode, viewTree } from "./view-tree.ts"

/** The components of a panel: the selected one's properties, what can be added, and how everything stands in each other. */
export default function DesignTab({ panel }: { readonly panel: string }) {
  const document = usePanelDocument(panel)
  const editable = usePanelLevel(panel) === "change"
  const directing = useStudio((state) => (state.directing?.panel === panel ? state.directing : undefined))
  const acts = useDirectActs(panel)
  const tree = useMemo(() => viewTree(document), [document])
  const { node, component } = useSelected(document, directing)
  const { source } = document
  const path = pathTo(tree, node)
  const selected = path.at(-1)
  const element = node === undefined ? undefined : elementOfNode(document, node)
  const select = (next: string | undefined) => studio.direct(panel, next, source)

  const onKeyDown = (event: KeyboardEvent) => {
    // Escape leads back to the panel, from where the next one goes outwards.
    if (event.key === "Escape" && directing && !event.defaultPrevented) {
      event.preventDefault()
      event.stopPropagation()
      return focusLayer()
    }
    if (isTyping(event.target) || !event.currentTarget.contains(event.target as Node)) return
    if (KEPT.has(event.key)) return
    if (
      !directing ||
      !onDirectKey(event, { panel, node, source, tree, acts: editable ? acts : undefined, onEnter: focusProperties })
    )
      return
    event.preventDefault()
    event.stopPropagation()
  }

  if (!directing) {
    return (
      <Empty icon={<MousePointerClick size={24} />} title={say("Edit it where it stands")}>
        <p>{say("Choose a component on the panel, change its properties here, and drag it to another place.")}</p>
        <Button tone="primary" className="mt-3" onClick={() => select(undefined)}>
          {editable ? say("Edit on the canvas") : say("Look at its components")}
        </Button>
      </Empty>
    )
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the same keys work here as on the panel
    <div onKeyDown={onKeyDown} className="flex flex-col">
      <div className="sticky top-0 z-[5] border-line border-b bg-raised px-3 py-2">
        <Path path={path} onSelect={select} />
        {selected ? (
          <div className="mt-1 flex items-center gap-0.5 px-1">
            <h3 className="min-w-0 truncate font-bold text-14">{selected.element}</h3>
            <LineLink panel={panel} line={selected.line} column={selected.column + 1} />
            <span className="flex-1" />
            {editable ? <Actions node={selected} acts={acts} /> : null}
          </div>
        ) : (
          <p className="px-1 pt-1 text-12 text-soft">
            {say("Choose a component on the panel or below. A double click on the panel’s bar ends this.")}
          </p>
        )}
      </div>
      {element && node !== undefined ? (
        <Properties
          key={component}
          document={document}
          node={node}
          element={element}
          acts={acts}
          readOnly={!editable}
        />
      ) : null}
      <StructureTree tree={tree} node={node} onSelect={select} />
      {editable ? <ComponentList document={document} node={node} acts={acts} /> : null}
    </div>
  )
}

/** These move the focus or press what has it. */
const KEPT: ReadonlySet<string> = new Set(["Tab", "Enter"])

interface PathProps {
  readonly path: readonly TreeNode[]
  readonly onSelect: (node: string | undefined) => void
}

/** What the selected component stands in, outermost first. */
function Path({ path, onSelect }: PathProps) {
  return (
    <nav aria-label={say("What it stands in")}>
      <ol className="flex flex-wrap items-center text-12 text-soft">
        <li>
          <button type="button" onClick={() => onSelect(undefined)} className="rounded-[5px] px-1 hover:bg-hover">
            {say("Panel")}
          </button>
        </li>
        {path.map(({ id, element }, index) => (
          <li key={id} className="flex items-center before:px-0.5 before:text-faint before:content-['›']">
            <button
              type="button"
              aria-current={index === path.length - 1 || undefined}
              onClick={() => onSelect(id)}
              className="rounded-[5px] px-1 hover:bg-hover aria-[current]:text-ink"
            >
              <span translate="no">{element}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}

function Actions({ node: { id, element, children }, acts }: { readonly node: TreeNode; readonly acts: DirectActs }) {
  return (
    <>
      <IconButton
        small
        label={say("Move up")}
        shortcut="Alt+ArrowUp"
        icon={<ArrowUp size={14} />}
        onClick={() => acts.shift(id, -1)}
      />
      <IconButton
        small
        label={say("Move down")}
        shortcut="Alt+ArrowDown"
        icon={<ArrowDown size={14} />}
        onClick={() => acts.shift(id, 1)}
      />
      <IconButton
        small
        label={say("Duplicate")}
        shortcut="Mod+D"
        icon={<Copy size={14} />}
        onClick={() => acts.duplicate(id)}
      />
      <Menu
        align="end"
        trigger={
          <button
            type="button"
            aria-label={say("Wrap {element}", { element })}
            title={say("Put it into a container")}
            className="inline-flex size-6 items-center justify-center rounded-[6px] text-soft hover:bg-hover hover:text-ink"
          >
            <Group size={14} />
          </button>
        }
        items={[
          ...WRAPPERS.map((around) => ({
            label: say("In a {name}", { name: around.name }),
            run: () => acts.wrap(id, around),
          })),
          ...(children.length > 0
            ? ([
                "line",
                {
                  label: say("Take {element} away from around", { element }),
                  icon: <Ungroup size={15} />,
                  run: () => acts.unwrap(id),
                },
              ] as const)
            : []),
        ]}
      />
      <IconButton
        small
        label={say("Delete {element}", { element })}
        shortcut="Delete"
        icon={<Trash2 size={14} />}
        onClick={() => acts.remove(id)}
      />
    </>
  )
}
