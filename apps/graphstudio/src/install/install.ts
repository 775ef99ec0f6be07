import { create } from "zustand"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"

/**
 * Nexus as an app with a window of its own. A browser that can install it says so once, while the page loads: that is
 * kept until the person asks, for no page should ask first. Where no offer came, they are told where to look instead of
 * missing the entry; in an app that is installed already there is none.
 */
interface Offer extends Event {
  prompt(): Promise<unknown>
}

interface InstallState {
  readonly offer: Offer | undefined
  /** This page runs in a window of its own, or was just installed. */
  readonly installed: boolean
}

export const useInstall = create<InstallState>(() => ({ offer: undefined, installed: false }))

/** Keeps what the browser offers, from the page's first moment. */
export function awaitOffer(): void {
  useInstall.setState({ installed: matchMedia("(display-mode: standalone)").matches })
  addEventListener("beforeinstallprompt", (event) => {
    if (!isOffer(event)) return
    event.preventDefault()
    useInstall.setState({ offer: event })
  })
  addEventListener("appinstalled", () => useInstall.setState({ offer: undefined, installed: true }))
}

/** Asks the browser to install; an offer holds for one question. */
export function install(): void {
  const { offer } = useInstall.getState()
  if (!offer) {
    toast({
      title: say("This browser offers no button for it here"),
      detail: say("Look in its own menu for “Install” or “Add to Home Screen”. It needs an address with HTTPS."),
    })
    return
  }
  useInstall.setState({ offer: undefined })
  void offer.prompt().catch(() => {})
}

function isOffer(event: Event): event is Offer {
  return "prompt" in event && typeof event.prompt === "function"
}
