import { sentence } from "../connect/sentence.ts"
import { useSession } from "../connect/session-context.ts"
import { setAppearance, useAppearance } from "../ui/appearance.ts"
import { Choice } from "../ui/Choice.tsx"
import { toast } from "../ui/toasts.ts"
import { choose, chosen, LANGUAGES, type Language } from "../words/language.ts"
import { say } from "../words/say.ts"
import { followAgain } from "./follow-person.ts"
import { setOnlyHere, useOnlyHere } from "./only-here.ts"

const AS_BROWSER = "browser"

/** How Nexus looks to this person; every choice holds at once, here and wherever else they sign in. */
export default function AppearanceSection() {
  const { api } = useSession()
  const { theme, contrast, motion } = useAppearance()
  const only = useOnlyHere((state) => state.only)
  const hold = (here: boolean) => {
    setOnlyHere(here)
    if (here) return
    followAgain(api).catch((cause: unknown) =>
      toast({ tone: "wrong", title: say("Your account could not be asked"), detail: sentence(cause) }),
    )
  }
  return (
    <div className="flex flex-col gap-7">
      <Choice
        label={say("Colours")}
        value={theme}
        options={[
          { value: "system", label: say("As on this device") },
          { value: "light", label: say("Light") },
          { value: "dark", label: say("Dark") },
        ]}
        onChoose={(value) => setAppearance({ theme: value })}
      />
      <Choice
        label={say("Contrast")}
        hint={say("More contrast makes every text at least seven times as bright or dark as what it stands on.")}
        value={contrast}
        options={[
          { value: "system", label: say("As on this device") },
          { value: "usual", label: say("Usual") },
          { value: "more", label: say("More") },
        ]}
        onChoose={(value) => setAppearance({ contrast: value })}
      />
      <Choice
        label={say("Motion")}
        hint={say("Without motion nothing slides, fades or pulses.")}
        value={motion}
        options={[
          { value: "system", label: say("As on this device") },
          { value: "full", label: say("With motion") },
          { value: "reduced", label: say("Without motion") },
        ]}
        onChoose={(value) => setAppearance({ motion: value })}
      />
      <Choice<Language | typeof AS_BROWSER>
        label={say("Language")}
        hint={say("The page begins anew in the language you choose. Panels keep the words of who made them.")}
        value={chosen() ?? AS_BROWSER}
        options={[
          { value: AS_BROWSER, label: say("As in this browser") },
          ...LANGUAGES.map(({ tag, name }) => ({ value: tag, label: name, lang: tag })),
        ]}
        onChoose={(value) => choose(value === AS_BROWSER ? undefined : value)}
      />
      <Choice
        label={say("Where this holds")}
        hint={say("Your own keys go with it. Another screen may need another look: then keep it on this device.")}
        value={only ? "here" : "everywhere"}
        options={[
          { value: "everywhere", label: say("Wherever I sign in") },
          { value: "here", label: say("Only on this device") },
        ]}
        onChoose={(value) => hold(value === "here")}
      />
    </div>
  )
}
