import type { Account } from "@nexus/protocol"
import { ArrowLeft } from "lucide-react"
import { type ComponentType, lazy, Suspense, useEffect } from "react"
import { navigate, routeHref } from "../connect/route.ts"
import { Button } from "../ui/Button.tsx"
import { classNames } from "../ui/class-names.ts"
import { Logo } from "../ui/Logo.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import type { SectionProps } from "./section-props.ts"

interface AccountSection {
  /** In the address. */
  readonly name: string
  readonly title: string
  readonly Show: ComponentType<SectionProps>
}

/** One entry a section; each comes when it is opened. */
const SECTIONS: readonly AccountSection[] = [
  { name: "profile", title: "Profile", Show: lazy(() => import("./ProfileSection.tsx")) },
  { name: "password", title: "Password", Show: lazy(() => import("./PasswordSection.tsx")) },
  { name: "two-step", title: "Two-step sign-in", Show: lazy(() => import("./TwoStepSection.tsx")) },
  { name: "sessions", title: "Sessions", Show: lazy(() => import("./SessionsSection.tsx")) },
  { name: "keys", title: "API keys", Show: lazy(() => import("./KeysSection.tsx")) },
  { name: "connected", title: "Connected accounts", Show: lazy(() => import("./ConnectedSection.tsx")) },
  { name: "activity", title: "Activity", Show: lazy(() => import("./ActivitySection.tsx")) },
  { name: "privacy", title: "Privacy", Show: lazy(() => import("./PrivacySection.tsx")) },
]

/** A person's own account: who they are, how they sign in, and what signs in for them. */
export default function AccountPage({ section, user }: { readonly section: string; readonly user: Account }) {
  const shown = SECTIONS.find(({ name }) => name === section) ?? SECTIONS[0]
  useEffect(() => {
    document.title = `${shown?.title ?? "Account"} · Nexus`
    return () => {
      document.title = "Nexus"
    }
  }, [shown])
  if (!shown) return null
  return (
    <div className="nx-desk h-full overflow-auto">
      <div className="mx-auto flex min-h-full max-w-[880px] flex-col gap-5 p-4 sm:p-8">
        <header className="flex items-center gap-2.5">
          <Logo size={26} />
          <h1 className="flex-1 font-bold text-16">Your account</h1>
          <Button tone="quiet" icon={<ArrowLeft size={15} />} onClick={() => navigate({ at: "home" })}>
            Back to work
          </Button>
        </header>
        <div className="flex flex-col gap-5 sm:flex-row">
          <nav aria-label="Account" className="flex flex-wrap gap-1 sm:w-48 sm:flex-none sm:flex-col">
            {SECTIONS.map(({ name, title }) => (
              <a
                key={name}
                href={routeHref({ at: "account", section: name })}
                aria-current={name === shown.name ? "page" : undefined}
                className={classNames(
                  "whitespace-nowrap rounded-control px-3 py-1.5 text-13",
                  name === shown.name ? "bg-accent-soft font-medium text-accent" : "text-soft hover:bg-hover",
                )}
              >
                {title}
              </a>
            ))}
          </nav>
          <main className="min-w-0 flex-1 rounded-sheet border border-line bg-surface p-5 sm:p-7">
            <h2 className="mb-4 font-bold text-20">{shown.title}</h2>
            <Suspense fallback={<Skeleton lines={4} />}>
              <shown.Show key={shown.name} user={user} />
            </Suspense>
          </main>
        </div>
      </div>
    </div>
  )
}
