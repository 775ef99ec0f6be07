import { ACCOUNT_SECTIONS } from "../account/sections.ts"
import { navigate } from "../connect/route.ts"
import { install, useInstall } from "../install/install.ts"
import { useMayOperate } from "../operator/may-operate.ts"
import { OPERATOR_SECTIONS } from "../operator/sections.ts"
import { highContrast, oppositeTheme, setAppearance, stillness, useAppearance } from "../ui/appearance.ts"
import { choose, LANGUAGE, LANGUAGES } from "../words/language.ts"
import { say } from "../words/say.ts"
import type { Command } from "./command.ts"

/** What concerns the person and this device, wherever they are. */
export function useSettingsCommands(): Command[] {
  const appearance = useAppearance()
  const more = highContrast(appearance)
  const still = stillness(appearance)
  const next = oppositeTheme(appearance.theme)
  const operator = useMayOperate()
  const installed = useInstall((state) => state.installed)
  const commands: Command[] = [
    {
      label: next === "dark" ? say("Dark appearance") : say("Light appearance"),
      group: "Settings",
      run: () => setAppearance({ theme: next }),
    },
    {
      label: more ? say("Usual contrast") : say("More contrast"),
      group: "Settings",
      run: () => setAppearance({ contrast: more ? "usual" : "more" }),
    },
    {
      label: still ? say("With motion") : say("Without motion"),
      group: "Settings",
      run: () => setAppearance({ motion: still ? "full" : "reduced" }),
    },
  ]
  for (const { tag, name } of LANGUAGES) {
    if (tag !== LANGUAGE) commands.push({ label: name, group: "Settings", run: () => choose(tag) })
  }
  if (!installed) commands.push({ label: say("Install Nexus"), group: "Settings", run: install })
  commands.push({
    label: say("Your account"),
    group: "Settings",
    run: () => navigate({ at: "account", section: "" }),
  })
  for (const { name, title } of ACCOUNT_SECTIONS) {
    commands.push({
      label: say("Settings: {section}", { section: title }),
      group: "Settings",
      run: () => navigate({ at: "account", section: name }),
    })
  }
  for (const { name, title, operators } of OPERATOR_SECTIONS) {
    if (operators && !operator) continue
    commands.push({
      label: say("Installation: {section}", { section: title }),
      group: "Settings",
      run: () => navigate({ at: "operator", section: name }),
    })
  }
  return commands
}
