import { Link2Off } from "lucide-react"
import { useEffect } from "react"
import { useStore } from "zustand"
import { routeHref } from "../connect/route.ts"
import { Empty } from "../ui/Empty.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { say } from "../words/say.ts"
import { EmbedStage, Line } from "./EmbedStage.tsx"
import { LiveBody, MirrorProvider } from "./LiveBody.tsx"
import type { EmbedState, openEmbed } from "./open-embed.ts"

/** The page that other sites frame. */
export function EmbedPage({ store }: { readonly store: ReturnType<typeof openEmbed> }) {
  const state = useStore(store)
  const title = state.at === "shown" && state.shown.kind === "panel" ? state.shown.panel?.properties.title : undefined
  useEffect(() => {
    document.title = title ?? say("Nexus")
  }, [title])
  if (state.at !== "shown") return <Words state={state} />
  const { mirror, shown, live } = state
  const aside = live ? undefined : say("Not live now. It goes on by itself.")
  return (
    <MirrorProvider value={mirror}>
      <EmbedStage
        shown={shown}
        Body={LiveBody}
        href={routeHref({ at: "workspace", workspace: mirror.workspace })}
        aside={aside}
      />
    </MirrorProvider>
  )
}

/** What is said where nothing can be shown. */
function Words({ state: { at } }: { readonly state: Exclude<EmbedState, { at: "shown" }> }) {
  return (
    <div className="flex h-full flex-col bg-surface text-ink">
      <main className="grid min-h-0 flex-1 grid-cols-1 place-items-center overflow-auto">
        {at === "ended" ? (
          <Empty alone icon={<Link2Off size={22} />} title={say("This is not shown here any more")}>
            {say("The link behind it has ended. Ask whoever put it on this page for a new one.")}
          </Empty>
        ) : at === "nowhere" ? (
          <Empty alone icon={<Link2Off size={22} />} title={say("This address is not whole")}>
            {say("What stands behind its # is missing. Copy the snippet again, to its end.")}
          </Empty>
        ) : (
          <div className="w-full self-start">
            <Skeleton lines={4} label={at === "waiting" ? say("Waiting for the line") : say("Loading")} />
          </div>
        )}
      </main>
      <Line
        title=""
        href={routeHref({ at: "home" })}
        aside={at === "waiting" ? say("No line to Nexus now. It goes on by itself.") : undefined}
      />
    </div>
  )
}
