import { isJson, type Json } from "@nexus/protocol"
import { type ComputedCost, type LivePanel, useValue } from "@nexus/reactor/react"
import { useCallback } from "react"
import { sentence } from "../connect/sentence.ts"
import { Tip } from "../ui/Tip.tsx"
import { say, sayFor } from "../words/say.ts"
import type { WhyQuestion } from "../workspace/studio.ts"
import { costInWords } from "./cost-in-words.ts"
import { Value } from "./Value.tsx"

interface ComputedValuesProps {
  readonly live: LivePanel
  readonly only: LivePanel["panel"]["computed"]
  readonly whyOf: (name: string) => WhyQuestion
}

/** The computed values as the panel has them, each with what it costs. They are read, never worked out a second time. */
export function ComputedValues({ live, only, whyOf }: ComputedValuesProps) {
  const costs = useValue(useCallback(() => live.costs(), [live]))
  return only.map(({ name }) => (
    <ComputedValue
      key={name}
      live={live}
      name={name}
      why={whyOf(name)}
      cost={costs.find((cost) => cost.name === name)}
    />
  ))
}

interface ComputedValueProps {
  readonly live: LivePanel
  readonly name: string
  readonly why: WhyQuestion
  readonly cost: ComputedCost | undefined
}

function ComputedValue({ live, name, why, cost }: ComputedValueProps) {
  const read = useValue(useCallback(() => readComputed(live, name), [live, name]))
  return (
    <Value
      label={name}
      note={<Cost cost={cost} />}
      value={read.value}
      why={why}
      used={{ panel: live.id, kind: "Computed" }}
    >
      {read.failed ? <p className="text-12 text-wrong">{read.failed}</p> : null}
      {cost?.manual ? (
        <div className="mt-1 flex items-center gap-2 rounded-[6px] bg-careful-soft px-2 py-1 text-12 text-careful">
          <span className="min-w-0 flex-1">
            {cost.stale ? say("Stale: what it reads has changed.") : say("Too dear to follow every change.")}
          </span>
          <button
            type="button"
            aria-label={say("Work out {name}", { name })}
            onClick={() => live.recompute(name)}
            className="flex-none rounded-[5px] px-1.5 font-medium underline-offset-2 hover:underline"
          >
            {say("Work it out")}
          </button>
        </div>
      ) : null}
    </Value>
  )
}

function Cost({ cost }: { readonly cost: ComputedCost | undefined }) {
  if (!cost) return sayFor("a value", "computed")
  return (
    <Tip
      label={say("Worked out {runs, plural, one {once} other {# times}}, {lastSteps} steps the last time", {
        runs: cost.runs,
        lastSteps: cost.lastSteps,
      })}
    >
      <span className="tabular">{costInWords(cost.meanMs)}</span>
    </Tip>
  )
}

interface Read {
  readonly value?: Json
  readonly failed?: string
}

function readComputed(live: LivePanel, name: string): Read {
  const computed = live.root.scope.$computed as { readonly [name: string]: unknown }
  try {
    const value = computed[name]
    return isJson(value) ? { value } : {}
  } catch (error) {
    return { failed: sentence(error) }
  }
}
