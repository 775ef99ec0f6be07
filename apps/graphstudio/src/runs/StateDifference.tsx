import type { Json, JsonObject } from "@nexus/protocol"
import { useMemo } from "react"
import { say } from "../words/say.ts"
import { JsonText } from "./JsonText.tsx"
import { type Difference, stateDifferences } from "./state-difference.ts"

interface StateDifferenceProps {
  readonly before: JsonObject
  readonly after: JsonObject
}

/** A panel's state before a turn and after it: what differs, and on demand all of it. */
export function StateDifference({ before, after }: StateDifferenceProps) {
  const differences = useMemo(() => stateDifferences(before, after), [before, after])
  return (
    <>
      {differences.length === 0 ? (
        <p className="text-13 text-soft">{say("The state is the same before and after.")}</p>
      ) : (
        <div className="overflow-x-auto rounded-control border border-line">
          <table className="w-full border-collapse text-start text-12">
            <thead className="bg-sunken text-faint">
              <tr>
                <th scope="col" className="w-1/4 px-3 py-1.5 font-medium">
                  {say("Value")}
                </th>
                <th scope="col" className="px-3 py-1.5 font-medium">
                  {say("Before")}
                </th>
                <th scope="col" className="px-3 py-1.5 font-medium">
                  {say("After")}
                </th>
              </tr>
            </thead>
            <tbody className="font-mono">
              {differences.map((difference) => (
                <Row key={difference.path} difference={difference} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="mt-2 flex flex-col gap-1">
        <JsonText label={say("All of the state before")} value={before} />
        <JsonText label={say("All of the state after")} value={after} />
      </div>
    </>
  )
}

function Row({ difference: { path, before, after } }: { readonly difference: Difference }) {
  return (
    <tr className="border-line border-t align-top">
      <th scope="row" className="px-3 py-1.5 font-medium [overflow-wrap:anywhere]">
        {path}
      </th>
      <td className="px-3 py-1.5">
        <Side value={before} look="bg-wrong-soft" />
      </td>
      <td className="px-3 py-1.5">
        <Side value={after} look="bg-good-soft" />
      </td>
    </tr>
  )
}

function Side({ value, look }: { readonly value: Json | undefined; readonly look: string }) {
  if (value === undefined) return <span className="font-sans text-faint">{say("not there")}</span>
  return (
    <span
      className={`box-decoration-clone rounded-[4px] px-1 py-0.5 whitespace-pre-wrap [overflow-wrap:anywhere] ${look}`}
    >
      {JSON.stringify(value)}
    </span>
  )
}
