/**
 * The focus is never nowhere. What closes gives it back to what opened it; where that is gone too, or was the page
 * itself, it goes home: to the dialog, drawer or panel that what had it stood in, else to the panel that is chosen, else
 * to the desk. From `body` a reader of the screen would begin again at the top, and the next key would mean something
 * else than a moment before. A place for this in each list and dialog was refused: the next one would forget it.
 */
const AROUND = "[role=dialog], [role=alertdialog], aside, .react-flow__node, [data-home]"
/** So many places back it is looked for; a dialog over a drawer is two. */
const TRAIL = 6
const HOMES = [".react-flow__node.selected", "[data-home]", ".nx-desk"]

/** Watches for what has the focus and goes; answers how to stop. */
export function keepFocus(): () => void {
  let last: Element | undefined
  let trail: readonly Element[] = []
  const note = ({ target }: FocusEvent) => {
    if (!(target instanceof Element)) return
    last = target
    const around = target.parentElement?.closest(AROUND)
    if (around && around !== trail.at(-1)) trail = [...trail, around].slice(-TRAIL)
  }
  const observer = new MutationObserver(() => {
    if (!last || last.isConnected) return
    const place = trail.findLast((one) => one.isConnected)
    last = undefined
    // A closing dialog gives it back by itself in a timeout, which was set before this one.
    setTimeout(() => bringHome(place))
  })
  document.addEventListener("focusin", note)
  observer.observe(document.body, { childList: true, subtree: true })
  return () => {
    observer.disconnect()
    document.removeEventListener("focusin", note)
  }
}

function bringHome(place: Element | undefined): void {
  if (document.activeElement !== document.body && document.activeElement !== null) return
  const homes = HOMES.map((home) => document.querySelector(home))
  const home = [place, ...homes].find((one): one is HTMLElement => one instanceof HTMLElement && one.isConnected)
  if (!home) return
  if (!home.hasAttribute("tabindex")) home.tabIndex = -1
  home.focus({ preventScroll: true })
}
