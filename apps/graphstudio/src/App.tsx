import { lazy, Suspense } from "react"
import { lastWorkspace } from "./catalogue/carried.ts"
import { Home } from "./connect/Home.tsx"
import { useRoute } from "./connect/route.ts"
import { SignIn } from "./connect/SignIn.tsx"
import { SignInByLink } from "./connect/SignInByLink.tsx"
import { useSessionState } from "./connect/session-context.ts"
import { Welcome } from "./connect/Welcome.tsx"
import { Skeleton } from "./ui/Skeleton.tsx"
import { say } from "./words/say.ts"

const AccountPage = lazy(() => import("./account/AccountPage.tsx"))
const BackFromProvider = lazy(() => import("./connect/BackFromProvider.tsx"))
const ComponentsPage = lazy(() => import("./catalogue/ComponentsPage.tsx"))
const Join = lazy(() => import("./connect/Join.tsx"))
const OperatorPage = lazy(() => import("./operator/OperatorPage.tsx"))
const WorkspaceScreen = lazy(() => import("./workspace/WorkspaceScreen.tsx"))

/** The page, or what stands there until its script has come. */
export function App() {
  return (
    <Suspense fallback={<Waiting />}>
      <Page />
    </Suspense>
  )
}

/** Which page: decided by the place in the address and by who sits here. */
function Page() {
  const route = useRoute()
  const { status, user } = useSessionState()

  if (route.at === "components") {
    return <ComponentsPage component={route.component} workspace={lastWorkspace()} />
  }
  if (route.at === "sign-in") return <SignInByLink code={route.code} />
  if (status === "starting") return <Waiting />
  if (route.at === "provider") return <BackFromProvider />
  if (status === "signed-out" || !user) {
    const invited = route.at === "join" || route.at === "invited"
    return <SignIn reason={invited ? say("Sign in or create an account to join the workspace.") : undefined} />
  }
  if (route.at === "join" || route.at === "invited") return <Join code={route.code} invited={route.at === "invited"} />
  if (route.at === "account") return <AccountPage section={route.section} user={user} />
  if (route.at === "operator") return <OperatorPage section={route.section} />
  if (route.at === "workspace") {
    return <WorkspaceScreen key={route.workspace} workspace={route.workspace} user={user} />
  }
  return <Home key={route.at} openOnly={route.at === "home"} user={user} />
}

function Waiting() {
  return (
    <Welcome title={say("Nexus")}>
      <Skeleton lines={3} />
    </Welcome>
  )
}
