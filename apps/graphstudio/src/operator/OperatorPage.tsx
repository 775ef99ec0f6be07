import { ArrowLeft, DoorClosed } from "lucide-react"
import { type ComponentType, useEffect } from "react"
import { navigate, routeHref } from "../connect/route.ts"
import { Button } from "../ui/Button.tsx"
import { Empty } from "../ui/Empty.tsx"
import { Logo } from "../ui/Logo.tsx"
import { onDemand } from "../ui/on-demand.tsx"
import { SectionLink } from "../ui/SectionLink.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { say } from "../words/say.ts"
import { useMayOperate } from "./may-operate.ts"
import { OPERATOR_SECTIONS, type OperatorSection } from "./sections.ts"

const SHOW: Readonly<Record<OperatorSection, ComponentType>> = {
  health: onDemand(() => import("./HealthSection.tsx"), Coming),
  sandboxes: onDemand(() => import("./SandboxesSection.tsx"), Coming),
  runs: onDemand(() => import("./RunsSection.tsx"), Coming),
  events: onDemand(() => import("./EventsSection.tsx"), Coming),
}

/** How this installation is, and what goes on in it: for who runs it, and the part that is everybody's own. */
export default function OperatorPage({ section }: { readonly section: string }) {
  const may = useMayOperate()
  const shown = OPERATOR_SECTIONS.find(({ name }) => name === section) ?? OPERATOR_SECTIONS[0]
  const listed = OPERATOR_SECTIONS.filter(({ name, operators }) => may || !operators || name === shown.name)
  useEffect(() => {
    document.title = `${shown.title} · Nexus`
    return () => {
      document.title = "Nexus"
    }
  }, [shown])
  return (
    <div className="nx-desk h-full overflow-auto">
      <div className="mx-auto flex min-h-full max-w-[1120px] flex-col gap-5 p-4 sm:p-8">
        <header className="flex items-center gap-2.5">
          <Logo size={26} />
          <h1 className="min-w-0 flex-1 truncate font-bold text-16">{say("This installation")}</h1>
          <Button
            tone="quiet"
            className="-me-3"
            icon={<ArrowLeft size={15} />}
            onClick={() => navigate({ at: "home" })}
          >
            {say("Back to work")}
          </Button>
        </header>
        <nav aria-label={say("Installation")} className="flex gap-1 overflow-x-auto">
          {listed.map(({ name, title }) => (
            <SectionLink
              key={name}
              href={routeHref({ at: "operator", section: name })}
              title={title}
              here={name === shown.name}
            />
          ))}
        </nav>
        <main className="min-w-0 flex-1">
          <h2 className="sr-only">{shown.title}</h2>
          <Content section={shown.name} may={shown.operators ? may : true} />
        </main>
      </div>
    </div>
  )
}

interface ContentProps {
  readonly section: OperatorSection
  /** Whether who sits here may see it; `undefined` until that is known. */
  readonly may: boolean | undefined
}

function Content({ section, may }: ContentProps) {
  if (may === undefined) return <Coming />
  const Show = SHOW[section]
  if (may) return <Show key={section} />
  return (
    <div className="rounded-sheet border border-line bg-surface">
      <Empty icon={<DoorClosed size={24} />} title={say("For who runs this Nexus")}>
        {say(
          "This page is the operator's. They sign in by the link that Nexus prints when it starts. Your own runs and events are next to it.",
        )}
      </Empty>
    </div>
  )
}

function Coming() {
  return <Skeleton lines={4} />
}
