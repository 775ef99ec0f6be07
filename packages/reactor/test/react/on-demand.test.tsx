// @vitest-environment happy-dom
import { act, type ReactNode } from "react"
import { createRoot, hydrateRoot, type Root } from "react-dom/client"
import { renderToString } from "react-dom/server"
import { afterEach, describe, expect, it } from "vitest"
import { ErrorBoundary } from "../../src/react/ErrorBoundary.tsx"
import { InlineError } from "../../src/react/InlineError.tsx"
import { createPart, OnDemand, type Part, Skeleton } from "../../src/react/on-demand.tsx"

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })

interface Drawn {
  readonly name: string
}
const Drawing = ({ name }: Drawn) => <b>drawn {name}</b>
const treeOf = (part: Part<Drawn>, name = "a") => (
  <OnDemand part={part} props={{ name }} fallback={<Skeleton height={120} />} />
)

/** A part whose load waits until it is told how it went. */
function waitingPart() {
  let loads = 0
  let settle: { resolve: () => void; reject: (error: Error) => void } | undefined
  const part = createPart<Drawn>(() => {
    loads += 1
    return new Promise((resolve, reject) => {
      settle = { resolve: () => resolve(Drawing), reject }
    })
  })
  const arrive = () => act(async () => settle?.resolve())
  const fail = () => act(async () => settle?.reject(new Error("offline")))
  return { part, arrive, fail, loads: () => loads }
}

const roots: Root[] = []
afterEach(async () => {
  for (const root of roots.splice(0)) await act(async () => root.unmount())
})
async function mount(tree: ReactNode) {
  const element = document.createElement("div")
  const root = createRoot(element, { onCaughtError: () => undefined })
  roots.push(root)
  await act(async () => root.render(tree))
  return { element, render: (next: ReactNode) => act(async () => root.render(next)) }
}

describe("a part on demand", () => {
  it("leaves a skeleton of its size until it is there, and is loaded once for all who show it", async () => {
    const { part, arrive, loads } = waitingPart()
    const [one, two] = [await mount(treeOf(part, "one")), await mount(treeOf(part, "two"))]
    expect(one.element.innerHTML).toContain('class="nx-skeleton" style="height: 120px;"')
    await arrive()
    expect([one.element.textContent, two.element.textContent]).toEqual(["drawn one", "drawn two"])
    const three = await mount(treeOf(part, "three"))
    expect(three.element.textContent).toBe("drawn three")
    expect(loads()).toBe(1)
  })

  it("is painted at once on a server that was given it", () => {
    const part = createPart<Drawn>(() => Promise.reject(new Error("never asked for")))
    part.provide(Drawing)
    expect(renderToString(treeOf(part))).toContain("<b>drawn <!-- -->a</b>")
  })

  it("keeps the server's HTML on screen while it loads in the browser, and takes it over as it is", async () => {
    const given = createPart<Drawn>(() => Promise.reject(new Error("never asked for")))
    given.provide(Drawing)
    const element = document.createElement("div")
    element.innerHTML = renderToString(treeOf(given))
    const painted = element.querySelector("b")
    const { part, arrive } = waitingPart()
    const problems: unknown[] = []
    await act(async () => {
      roots.push(hydrateRoot(element, treeOf(part), { onRecoverableError: (error) => problems.push(error) }))
    })
    expect(element.querySelector("b")).toBe(painted)
    expect(element.querySelector(".nx-skeleton")).toBeNull()
    await arrive()
    expect(element.querySelector("b")).toBe(painted)
    expect(element.textContent).toBe("drawn a")
    expect(problems).toEqual([])
  })

  it("that cannot be loaded says so at its place, and is asked for again when it is shown anew", async () => {
    const { part, arrive, fail, loads } = waitingPart()
    const bounded = (key: string) => (
      <ErrorBoundary key={key} instead={(message) => <InlineError element="Chart" messages={[message]} />}>
        {treeOf(part)}
      </ErrorBoundary>
    )
    const { element, render } = await mount(bounded("first"))
    await fail()
    expect(element.querySelector("[role=note]")?.textContent).toContain("could not be loaded. Check the connection")
    await render(bounded("again"))
    await arrive()
    expect(element.textContent).toBe("drawn a")
    expect(loads()).toBe(2)
  })
})
