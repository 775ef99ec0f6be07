import { create } from "zustand"

/** The element whose tooltip is shown. */
export const useTips = create<{ readonly shown: HTMLElement | undefined }>(() => ({ shown: undefined }))

/** How long the pointer rests before a tooltip shows. */
const REST_MS = 450
/** So long after one was shown, the next shows at once. */
const WARM_MS = 200
/** A way from the element to its tooltip, which may be read with the pointer on it. */
const LEAVE_MS = 120

/** Shows tooltips where the pointer rests and where the focus comes by keys; `near` is told when the first may follow. */
export function followTips(near: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let hiddenAt = Number.NEGATIVE_INFINITY
  let aimed: HTMLElement | undefined
  const stop = new AbortController()
  const shown = () => useTips.getState().shown

  const hide = () => {
    clearTimeout(timer)
    if (!shown()) return
    hiddenAt = performance.now()
    useTips.setState({ shown: undefined })
  }
  const later = (ms: number, work: () => void) => {
    clearTimeout(timer)
    timer = setTimeout(work, ms)
  }
  const aim = (element: HTMLElement | undefined) => {
    if (element === aimed) return
    aimed = element
    if (!element) return later(LEAVE_MS, hide)
    if (element === shown()) return clearTimeout(timer)
    near()
    const warm = shown() !== undefined || performance.now() - hiddenAt < WARM_MS
    later(warm ? 0 : REST_MS, () => useTips.setState({ shown: element }))
  }
  const over = ({ target, pointerType }: PointerEvent) => {
    if (pointerType === "touch") return
    if (target instanceof Element && target.closest("[data-tip-layer]")) {
      aimed = shown()
      return clearTimeout(timer)
    }
    aim(tippedAt(target))
  }
  const focused = ({ target }: FocusEvent) => {
    const element = tippedAt(target)
    // Focus that a closing dialog gives back must not open a tooltip; focus by keys does.
    if (!element || element !== target || !element.matches(":focus-visible")) return
    near()
    clearTimeout(timer)
    useTips.setState({ shown: element })
  }

  const { signal } = stop
  const options = { signal, capture: true, passive: true }
  document.addEventListener("pointerover", over, options)
  document.documentElement.addEventListener("pointerleave", () => aim(undefined), { signal })
  document.addEventListener("focusin", focused, options)
  // What is under the pointer stays aimed at, so that it does not show again before the pointer comes back to it.
  for (const sign of ["pointerdown", "wheel", "scroll", "focusout", "blur"] as const) {
    document.addEventListener(sign, hide, options)
  }
  document.addEventListener("keydown", ({ key }) => key === "Escape" && hide(), options)
  return () => {
    stop.abort()
    hide()
  }
}

function tippedAt(target: EventTarget | null): HTMLElement | undefined {
  const element = target instanceof Element ? target.closest("[data-tip]") : null
  return element instanceof HTMLElement ? element : undefined
}
