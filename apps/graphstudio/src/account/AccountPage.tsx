import type { Account } from "@nexus/protocol"
import { ArrowLeft } from "lucide-react"
import { type ComponentType, useEffect } from "react"
import { navigate, routeHref } from "../connect/route.ts"
import { Button } from "../ui/Button.tsx"
import { Logo } from "../ui/Logo.tsx"
import { onDemand } from "../ui/on-demand.tsx"
import { SectionLink } from "../ui/SectionLink.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { say } from "../words/say.ts"
import type { SectionProps } from "./section-props.ts"
import { ACCOUNT_SECTIONS, type AccountSection } from "./sections.ts"

/** What shows each section; it comes when it is opened. */
const SHOW: Readonly<Record<AccountSection, ComponentType<SectionProps>>> = {
  profile: onDemand(() => import("./ProfileSection.tsx"), Coming),
  appearance: onDemand(() => import("./AppearanceSection.tsx"), Coming),
  shortcuts: onDemand(() => import("./ShortcutsSection.tsx"), Coming),
  usage: onDemand(() => import("./UsageSection.tsx"), Coming),
  password: onDemand(() => import("./PasswordSection.tsx"), Coming),
  "two-step": onDemand(() => import("./TwoStepSection.tsx"), Coming),
  sessions: onDemand(() => import("./SessionsSection.tsx"), Coming),
  keys: onDemand(() => import("./KeysSection.tsx"), Coming),
  connected: onDemand(() => import("./ConnectedSection.tsx"), Coming),
  activity: onDemand(() => import("./ActivitySection.tsx"), Coming),
  privacy: onDemand(() => import("./PrivacySection.tsx"), Coming),
}

/** A person's own account: who they are, how they sign in, and what signs in for them. */
export default function AccountPage({ section, user }: { readonly section: string; readonly user: Account }) {
  const shown = ACCOUNT_SECTIONS.find(({ name }) => name === section) ?? ACCOUNT_SECTIONS[0]
  const Show = SHOW[shown.name]
  useEffect(() => {
    document.title = `${shown.title} · Nexus`
    return () => {
      document.title = "Nexus"
    }
  }, [shown])
  return (
    <div className="nx-desk h-full overflow-auto">
      <div className="mx-auto flex min-h-full max-w-[880px] flex-col gap-5 p-4 sm:p-8">
        <header className="flex items-center gap-2.5">
          <Logo size={26} />
          <h1 className="flex-1 font-bold text-16">{say("Your account")}</h1>
          <Button
            tone="quiet"
            className="-me-3"
            icon={<ArrowLeft size={15} />}
            onClick={() => navigate({ at: "home" })}
          >
            {say("Back to work")}
          </Button>
        </header>
        <div className="flex flex-col gap-5 sm:flex-row">
          <nav
            aria-label={say("Account")}
            className="flex gap-1 max-sm:-mx-4 max-sm:overflow-x-auto max-sm:px-4 max-sm:[scrollbar-width:none] sm:w-48 sm:flex-none sm:flex-col"
          >
            {ACCOUNT_SECTIONS.map(({ name, title }) => (
              <SectionLink
                key={name}
                href={routeHref({ at: "account", section: name })}
                title={title}
                here={name === shown.name}
              />
            ))}
          </nav>
          <main className="min-w-0 flex-1 rounded-sheet border border-line bg-surface p-5 sm:p-7">
            <h2 className="mb-4 font-bold text-20">{shown.title}</h2>
            <Show key={shown.name} user={user} />
          </main>
        </div>
      </div>
    </div>
  )
}

function Coming() {
  return <Skeleton lines={4} />
}
