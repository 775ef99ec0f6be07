import "../no-eval.ts"
import { Direction } from "radix-ui"
import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { showAppearance, useAppearance } from "../ui/appearance.ts"
import { FROM_THE_RIGHT, showLanguage } from "../words/language.ts"
import { readAddress } from "./address.ts"
import { EmbedPage } from "./EmbedPage.tsx"
import { openEmbed } from "./open-embed.ts"
import "../ui/app.css"

const { code, look } = readAddress(location.href)
// The site around it decides how it looks; what somebody chose in the studio is for the studio.
useAppearance.setState({ theme: look === "auto" ? "system" : look })
showAppearance()
showLanguage()

const stream = new URL("/panels/stream", location.href)
stream.protocol = stream.protocol === "https:" ? "wss:" : "ws:"
stream.search = ""
stream.hash = ""

const root = document.getElementById("root")
if (!root) throw new Error("embed.html has no #root")
createRoot(root).render(
  <StrictMode>
    <Direction.Provider dir={FROM_THE_RIGHT ? "rtl" : "ltr"}>
      <EmbedPage store={openEmbed(code, stream.href)} />
    </Direction.Provider>
  </StrictMode>,
)
