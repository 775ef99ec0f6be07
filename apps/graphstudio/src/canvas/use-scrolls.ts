import { type RefObject, useEffect } from "react"

const observer = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const body = target.closest(".nx-sheet-body")
    if (body) markScrolls(body)
  }
})

/**
 * Marks whether the content is larger than its sheet (`data-scrolls`). A box that may scroll is drawn apart from all around
 * it even when nothing in it can move; two hundred of those were a third of each frame. What is marked alone is one.
 * So it is with a button that cuts its words when they are too long: the few that must are marked (`data-cut`).
 */
export function useScrolls(ref: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const body = ref.current
    if (!body) return
    const watched = [body, ...body.children]
    for (const element of watched) observer.observe(element)
    return () => {
      for (const element of watched) observer.unobserve(element)
    }
  }, [ref])
}

/** Asked again under the pointer: content may have become wider and no higher. */
export function markScrolls(body: Element): void {
  body.toggleAttribute("data-scrolls", body.scrollHeight > body.clientHeight || body.scrollWidth > body.clientWidth)
  for (const button of body.getElementsByClassName("nx-button")) {
    button.toggleAttribute("data-cut", button.scrollWidth > button.clientWidth)
  }
}
