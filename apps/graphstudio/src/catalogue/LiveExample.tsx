import { parsePanel } from "@nexus/reactor"
import { createPreviewPanel, type LivePanel, PanelView } from "@nexus/reactor/react"
import { RotateCcw } from "lucide-react"
import { useCallback, useEffect, useState, useSyncExternalStore } from "react"
import { valueInWords } from "../inspector/value-in-words.ts"
import { IconButton } from "../ui/Button.tsx"
import { Notice } from "../ui/Notice.tsx"
import { ExampleBoundary } from "./ExampleBoundary.tsx"
import { neighbours } from "./neighbours.ts"
import "@nexus/reactor/panel.css"
import { say, sayAgain } from "../words/say.ts"

/** A panel that lives here alone: what is typed and pressed in it changes its own states, shown below it. */
export function LiveExample({ name, source }: { readonly name: string; readonly source: string }) {
  const [round, setRound] = useState(0)
  const [live, setLive] = useState<LivePanel>()
  const [first, setFirst] = useState<string>()

  // biome-ignore lint/correctness/useExhaustiveDependencies: another round starts the same source again
  useEffect(() => {
    const { panel, diagnostics } = parsePanel(source)
    const mistake = diagnostics.find(({ severity }) => severity === "error")
    setFirst(mistake && sayAgain(mistake.message))
    if (!panel || mistake) return
    const made = createPreviewPanel(panel, {}, { within: neighbours() })
    setLive(made)
    return () => made.close()
  }, [source, round])

  if (first !== undefined) return <Notice tone="wrong">{first}</Notice>
  if (!live) return null
  return (
    <ExampleBoundary key={round}>
      <PanelView live={live} />
      {live.panel.states.length > 0 ? (
        <States name={name} live={live} onAgain={() => setRound((before) => before + 1)} />
      ) : null}
    </ExampleBoundary>
  )
}

interface StatesProps {
  readonly name: string
  readonly live: LivePanel
  readonly onAgain: () => void
}

function States({ name, live, onAgain }: StatesProps) {
  const subscribe = useCallback((told: () => void) => live.mirror.onTouched(told), [live])
  const text = useSyncExternalStore(subscribe, () => JSON.stringify(live.state))
  const { state } = live
  return (
    <div className="mt-5 flex items-start gap-2 border-line border-t pt-2">
      <dl
        aria-label={say("States of the {name} example", { name })}
        data-state={text}
        className="min-w-0 flex-1 font-mono text-12 [font-variant-ligatures:none]"
      >
        {live.panel.states.map((one) => (
          <div key={one.name} className="flex gap-2 leading-6">
            <dt className="flex-none text-faint">$state.{one.name}</dt>
            <dd className="tabular min-w-0 truncate text-soft">{valueInWords(state[one.name], 120)}</dd>
          </div>
        ))}
      </dl>
      <IconButton
        small
        label={say("Start the {name} example again", { name })}
        icon={<RotateCcw size={13} />}
        onClick={onAgain}
      />
    </div>
  )
}
