// @vitest-environment happy-dom
import { act, type ComponentType } from "react"
import { createRoot } from "react-dom/client"
import { expect, test } from "vitest"
import { onDemand } from "../../src/ui/on-demand.tsx"

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })

test("what is on the page stays while a part beside it arrives", async () => {
  const arriving = Promise.withResolvers<{ default: ComponentType<{ readonly name: string }> }>()
  const Part = onDemand(
    () => arriving.promise,
    () => <i>soon</i>,
  )
  const element = document.createElement("div")
  const root = createRoot(element)
  const show = (part: boolean) =>
    act(async () =>
      root.render(
        <>
          <p>here before</p>
          {part ? <Part name="Ada" /> : null}
        </>,
      ),
    )
  await show(false)
  await show(true)
  expect(element.innerHTML).toBe("<p>here before</p><i>soon</i>")
  await act(async () => arriving.resolve({ default: ({ name }) => <b>{name}</b> }))
  expect(element.innerHTML).toBe("<p>here before</p><b>Ada</b>")
  await act(async () => root.unmount())
})
