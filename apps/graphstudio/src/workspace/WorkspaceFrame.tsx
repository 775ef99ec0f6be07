import { ReactFlowProvider } from "@xyflow/react"
import { type ComponentType, useEffect } from "react"
import { Canvas } from "../canvas/Canvas.tsx"
import { takeCarried } from "../catalogue/carried.ts"
import { useMentionNews } from "../comments/use-mention-news.ts"
import { followWindow } from "../phone/phone-place.ts"
import { usePhone } from "../phone/use-phone.ts"
import { PastBanner } from "../timeline/PastBanner.tsx"
import { useTour } from "../tour/progress.ts"
import { keepFocus } from "../ui/focus-home.ts"
import { onDemand } from "../ui/on-demand.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { useRested } from "../ui/use-rested.ts"
import { say } from "../words/say.ts"
import { OfflineBanner, ViewerBadge } from "./Banners.tsx"
import { useCommandKeys } from "./commands.ts"
import { useConflicts, useDesk, usePanels, useWorkspaceName } from "./desk-context.ts"
import { Rail } from "./Rail.tsx"
import { type DrawerName, studio, useStudio } from "./studio.ts"
import { TopBar } from "./TopBar.tsx"

const EditorDialog = onDemand(() => import("../editor/EditorDialog.tsx"))
const GalleryDialog = onDemand(() => import("../gallery/GalleryDialog.tsx"))
const TableDialog = onDemand(() => import("../tables/TableDialog.tsx"))
const ReviewDialog = onDemand(() => import("../review/ReviewDialog.tsx"))
const TimeBar = onDemand(() => import("../timeline/TimeBar.tsx"))
const WhyDialog = onDemand(() => import("../timeline/WhyDialog.tsx"))
const VersionsDrawer = onDemand(() => import("../versions/VersionsDrawer.tsx"))
const CommitDialog = onDemand(() => import("../versions/CommitDialog.tsx"))
const InboxDrawer = onDemand(() => import("../inbox/InboxDrawer.tsx"))
const CommentsDrawer = onDemand(() => import("../comments/CommentsDrawer.tsx"))
const HistoryDrawer = onDemand(() => import("../history/HistoryDrawer.tsx"))
const RunsDrawer = onDemand(() => import("../runs/RunsDrawer.tsx"))
const RunDialog = onDemand(() => import("../runs/RunDialog.tsx"))
const ConflictsDrawer = onDemand(() => import("../conflicts/ConflictsDrawer.tsx"))
const ConflictsNotice = onDemand(() => import("../conflicts/ConflictsNotice.tsx"))
const LogDrawer = onDemand(() => import("../log/LogDrawer.tsx"))
const PermissionsDrawer = onDemand(() => import("../permissions/PermissionsDrawer.tsx"))
const GraphDrawer = onDemand(() => import("../graph/GraphDrawer.tsx"))
const AssistantDrawer = onDemand(() => import("../assistant/AssistantDrawer.tsx"))
const ExportDialog = onDemand(() => import("./ExportDialog.tsx"))
const PictureDialog = onDemand(() => import("../pictures/PictureDialog.tsx"))
const ShareDialog = onDemand(() => import("../share/ShareDialog.tsx"))
const DeskMenu = onDemand(() => import("../canvas/menu/DeskMenu.tsx"))
const FindBar = onDemand(() => import("../canvas/find/FindBar.tsx"))
const FullPanel = onDemand(() => import("../canvas/present/FullPanel.tsx"))
const Presenter = onDemand(() => import("../canvas/present/Presenter.tsx"))
const PhoneDesk = onDemand(() => import("../phone/PhoneDesk.tsx"), Opening)
const PhoneBar = onDemand(() => import("../phone/PhoneBar.tsx"))
const PhoneTalk = onDemand(() => import("../phone/PhoneTalk.tsx"))
const Inspector = onDemand(() => import("../inspector/Inspector.tsx"))
const Palette = onDemand(() => import("./Palette.tsx"))
const Tour = onDemand(() => import("../tour/Tour.tsx"))
const HelpSheet = onDemand(() => import("./HelpSheet.tsx"))

/** The frame around the canvas; everything but the canvas itself arrives when it is first opened. */
export function WorkspaceFrame() {
  const presenting = useStudio((state) => state.presenting)
  const phone = usePhone()
  const rested = useRested()
  return (
    <ReactFlowProvider>
      <PageWide />
      <div className="flex h-full flex-col">
        {presenting ? null : <TopBar />}
        <div className="relative min-h-0 flex-1">
          {presenting || phone ? null : <Rail />}
          <Desk />
          <ViewerBadge />
          <PastBanner />
          <OfflineBanner />
          <DidNotFit />
          <Drawers />
          <Selected />
          <OverTheDesk />
          <Touring />
          {rested ? <DeskMenu /> : null}
        </div>
        <Time />
        {phone && !presenting ? <PhoneBar /> : null}
      </div>
      <Dialogs />
    </ReactFlowProvider>
  )
}

function Opening() {
  return <Skeleton label={say("Opening the workspace")} />
}

/** The canvas; on a phone one panel of it, until somebody asks for all of it. */
function Desk() {
  const { workspace } = useDesk()
  const phone = usePhone()
  const presenting = useStudio((state) => state.presenting)
  const onePanel = useStudio((state) => state.filling !== undefined)
  const some = usePanels().length > 0
  useEffect(() => followWindow(workspace), [workspace])
  if (!phone || presenting || !onePanel || !some) return <Canvas />
  return <PhoneDesk />
}

/** What belongs to the whole page: the keys, leaving it, and the name in the browser's tab. */
function PageWide() {
  useCommandKeys()
  useMentionNews()
  useEffect(keepFocus, [])
  const name = useWorkspaceName()
  const { activity, mirror } = useDesk()
  useEffect(() => {
    // What neither the kernel nor this browser has yet lives in this page alone; the browser asks before it is closed.
    const ask = (event: BeforeUnloadEvent) => {
      if (activity.getState().pending === 0 || mirror.safe) return
      void mirror.flush()
      event.preventDefault()
    }
    const keep = () => void mirror.flush()
    addEventListener("beforeunload", ask)
    document.addEventListener("visibilitychange", keep)
    return () => {
      removeEventListener("beforeunload", ask)
      document.removeEventListener("visibilitychange", keep)
    }
  }, [activity, mirror])
  useEffect(() => {
    const source = takeCarried()
    if (source !== undefined) studio.set({ editing: { kind: "new", source } })
  }, [])
  useEffect(() => {
    document.title = name ? `${name} · Nexus` : "Nexus"
    return () => {
      document.title = "Nexus"
    }
  }, [name])
  return null
}

/** What lies over the canvas for a while: looking for something, or presenting. */
function OverTheDesk() {
  const finding = useStudio((state) => state.finding)
  const presenting = useStudio((state) => state.presenting)
  return presenting ? <Presenter /> : finding ? <FindBar /> : null
}

/** Who has ended the tour, or said no to it, never loads it. */
function Touring() {
  const over = useTour((state) => state.at === "over")
  const presenting = useStudio((state) => state.presenting)
  return over || presenting ? null : <Tour />
}

function Time() {
  const open = useStudio((state) => state.timeOpen)
  return open ? <TimeBar /> : null
}

const DRAWERS: Readonly<Record<DrawerName, ComponentType>> = {
  assistant: AssistantDrawer,
  conflicts: ConflictsDrawer,
  inbox: InboxDrawer,
  comments: CommentsDrawer,
  history: HistoryDrawer,
  runs: RunsDrawer,
  log: LogDrawer,
  permissions: PermissionsDrawer,
  graph: GraphDrawer,
  versions: VersionsDrawer,
}

/** What was done without a line and waits for a decision. */
function DidNotFit() {
  const count = useConflicts().length
  const drawer = useStudio((state) => state.drawer)
  if (count === 0 || drawer === "conflicts") return null
  return <ConflictsNotice count={count} />
}

function Drawers() {
  const drawer = useStudio((state) => state.drawer)
  const Drawer = drawer && DRAWERS[drawer]
  return Drawer ? <Drawer /> : null
}

function Selected() {
  const [only, another] = useStudio((state) => state.selection)
  const open = useStudio((state) => state.inspector.open && state.instant === undefined)
  const exists = usePanels().some(({ id }) => id === only)
  return open && only && !another && exists ? <Inspector panel={only} /> : null
}

function Dialogs() {
  const {
    editing,
    reviewing,
    why,
    run,
    palette,
    help,
    sharing,
    embedding,
    exporting,
    picturing,
    committing,
    gallery,
    table,
    filling,
  } = useStudio()
  const phone = usePhone()
  return (
    <>
      {editing ? <EditorDialog key={editing.kind === "panel" ? editing.panel : "new"} editing={editing} /> : null}
      {gallery ? <GalleryDialog /> : null}
      {table ? <TableDialog start={table} /> : null}
      {reviewing ? <ReviewDialog key={reviewing} patchId={reviewing} /> : null}
      {why ? <WhyDialog key={`${why.panel} ${why.label}`} question={why} /> : null}
      {phone ? <PhoneTalk /> : filling === undefined ? null : <FullPanel panel={filling} />}
      {run ? <RunDialog key={run} run={run} /> : null}
      {sharing ? (
        <ShareDialog embedding={embedding} onClose={() => studio.set({ sharing: false, embedding: undefined })} />
      ) : null}
      {exporting ? <ExportDialog onClose={() => studio.set({ exporting: false })} /> : null}
      {picturing ? (
        <PictureDialog panel={picturing.panel} onClose={() => studio.set({ picturing: undefined })} />
      ) : null}
      {committing ? <CommitDialog onClose={() => studio.set({ committing: false })} /> : null}
      {palette ? <Palette onClose={() => studio.set({ palette: false })} /> : null}
      {help ? <HelpSheet onClose={() => studio.set({ help: false })} /> : null}
    </>
  )
}
