import { lastWorkspace } from "./catalogue/carried.ts"
import { Home } from "./connect/Home.tsx"
import { useRoute } from "./connect/route.ts"
import { SignIn } from "./connect/SignIn.tsx"
import { SignInByLink } from "./connect/SignInByLink.tsx"
import { useSessionState } from "./connect/session-context.ts"
import { Welcome } from "./connect/Welcome.tsx"
import { onDemand } from "./ui/on-demand.tsx"
import { Skeleton } from "./ui/Skeleton.tsx"
import { say } from "./words/say.ts"

const AccountPage = onDemand(() => import("./account/AccountPage.tsx"), Waiting)
const BackFromProvider = onDemand(() => import("./connect/BackFromProvider.tsx"), Waiting)
const ComponentsPage = onDemand(() => import("./catalogue/ComponentsPage.tsx"), Waiting)
const Join = onDemand(() => import("./connect/Join.tsx"), Waiting)
const OperatorPage = onDemand(() => import("./operator/OperatorPage.tsx"), Waiting)
/** Nearly every visit goes there. */
export const WorkspaceScreen = onDemand(() => import("./workspace/WorkspaceScreen.tsx"), Waiting)

/** Which page: decided by the place in the address and by who sits here. */
export function App() {
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
