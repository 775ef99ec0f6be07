import {
  Code,
  Ellipsis,
  FileSpreadsheet,
  LayoutGrid,
  Map as MapIcon,
  Plus,
  RectangleVertical,
  Sparkles,
} from "lucide-react"
import { type ComponentProps, type ReactNode, useState } from "react"
import { classNames } from "../ui/class-names.ts"
import { Menu } from "../ui/Menu.tsx"
import { onDemand } from "../ui/on-demand.tsx"
import { say } from "../words/say.ts"
import { Called } from "../workspace/Called.tsx"
import { useDesk, useMayEdit } from "../workspace/desk-context.ts"
import { studio, useStudio } from "../workspace/studio.ts"
import { showCanvas, showPanels } from "./phone-place.ts"

const PanelList = onDemand(() => import("./PanelList.tsx"))
const MoreSheet = onDemand(() => import("./MoreSheet.tsx"))

/** The rail of a phone, where a thumb reaches it: the two ways to look, adding, the assistant, and everything else. */
export default function PhoneBar() {
  const { workspace } = useDesk()
  const editable = useMayEdit()
  const drawer = useStudio((state) => state.drawer)
  const onCanvas = useStudio((state) => state.filling === undefined)
  const [more, setMore] = useState(false)
  const [list, setList] = useState(false)
  return (
    <nav
      aria-label={say("Tools")}
      className="relative z-30 flex flex-none items-stretch border-line border-t bg-surface px-1 pb-[env(safe-area-inset-bottom)]"
    >
      <Tab
        icon={<RectangleVertical size={19} />}
        name={say("Panels")}
        aria-pressed={!(onCanvas || drawer)}
        onClick={() => (onCanvas || drawer ? showPanels(workspace) : setList(true))}
      />
      <Tab
        icon={<MapIcon size={19} />}
        name={say("Canvas")}
        aria-pressed={onCanvas && !drawer}
        onClick={() => showCanvas(workspace)}
      />
      {editable ? (
        <Menu
          trigger={<Tab icon={<Plus size={20} />} name={say("Add")} />}
          items={[
            { label: say("Gallery"), icon: <LayoutGrid size={16} />, run: () => studio.set({ gallery: true }) },
            { label: say("Describe it"), icon: <Sparkles size={16} />, run: () => studio.set({ drawer: "assistant" }) },
            {
              label: say("Bring a table"),
              icon: <FileSpreadsheet size={16} />,
              run: () => studio.set({ table: { kind: "choose" } }),
            },
            { label: say("Write NXML"), icon: <Code size={16} />, run: () => studio.newPanel() },
          ]}
        />
      ) : null}
      <Tab
        icon={<Sparkles size={19} />}
        name={say("Assistant")}
        aria-pressed={drawer === "assistant"}
        onClick={() => studio.toggleDrawer("assistant")}
      />
      <Tab
        icon={<Ellipsis size={20} />}
        name={say("More")}
        aria-haspopup="dialog"
        aria-pressed={drawer !== undefined && drawer !== "assistant"}
        onClick={() => setMore(true)}
      >
        <Called />
      </Tab>
      {more ? <MoreSheet onClose={() => setMore(false)} /> : null}
      {list ? <PanelList onClose={() => setList(false)} /> : null}
    </nav>
  )
}

interface TabProps extends ComponentProps<"button"> {
  readonly icon: ReactNode
  readonly name: string
}

function Tab({ icon, name, children, ...rest }: TabProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classNames(
        "flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 rounded-control px-0.5 text-12 text-soft",
        "active:bg-hover aria-pressed:font-medium aria-pressed:text-accent",
      )}
    >
      <span className="relative px-2">
        {icon}
        {children}
      </span>
      <span className="max-w-full truncate">{name}</span>
    </button>
  )
}
