import "./no-eval.ts"
import { speakWords } from "@nexus/reactor/react"
import { Direction } from "radix-ui"
import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { App, WorkspaceScreen } from "./App.tsx"
import { followPerson } from "./account/follow-person.ts"
import { RENEWAL_LOCK, withEarly } from "./connect/asked-early.ts"
import { parseRoute } from "./connect/route.ts"
import { createSession } from "./connect/session.ts"
import { SessionProvider } from "./connect/session-context.ts"
import { awaitOffer } from "./install/install.ts"
import { forgetOutbox } from "./outbox/forget.ts"
import { showAppearance } from "./ui/appearance.ts"
import { Confirm } from "./ui/Confirm.tsx"
import { Tips } from "./ui/Tips.tsx"
import { Toasts } from "./ui/Toasts.tsx"
import { FROM_THE_RIGHT, showLanguage } from "./words/language.ts"
import { sayOfComponent } from "./words/say.ts"
import "./ui/app.css"

showAppearance()
showLanguage()
speakWords(sayOfComponent)
awaitOffer()

const session = createSession({
  fetch: withEarly((input, init) => fetch(input, init)),
  clock: () => Date.now(),
  memory: localStorage,
  forget: forgetOutbox,
  alone: (work) => navigator.locks?.request(RENEWAL_LOCK, work) ?? work(),
})
// A sign-in link replaces whoever was here, so the old cookie is not worth asking for. What is wrong with it, its page says.
const route = parseRoute(location.pathname + location.hash)
if (route.at === "sign-in") session.signInByLink(route.code).catch(() => {})
else session.resume()

followPerson(session)

const root = document.getElementById("root")
if (!root) throw new Error("index.html has no #root")
createRoot(root).render(
  <StrictMode>
    <Direction.Provider dir={FROM_THE_RIGHT ? "rtl" : "ltr"}>
      <SessionProvider value={session}>
        <App />
        <Confirm />
        <Toasts />
        <Tips />
      </SessionProvider>
    </Direction.Provider>
  </StrictMode>,
)

// While the kernel is asked who sits here, the canvas that nearly everybody goes to is made ready.
if (session.store.getState().status === "starting") WorkspaceScreen.prefetch().catch(() => undefined)
