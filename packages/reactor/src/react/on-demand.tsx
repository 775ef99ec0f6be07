import { type ComponentType, type ReactNode, Suspense, useEffect, useState, useSyncExternalStore } from "react"
import { useHydrated } from "./use-hydrated.ts"
import { word } from "./words.ts"

/**
 * A part of a component that is too heavy for every viewer (a drawing, a parser of Markdown) lives in a chunk of its own
 * and comes when it is first painted. Three places paint it: the server, to which `provide` gave it before; a browser that
 * takes over the server's HTML, where the part suspends and React keeps that HTML until the chunk is there; and a browser
 * that starts from nothing, where `fallback` of the same size stands meanwhile. `React.lazy` alone was refused: the
 * server paints in one go and could not wait, and Suspense would hold a fallback for 300 ms once it has shown one.
 */
export interface Part<Props> {
  /** The component, once it is there. */
  current(): ComponentType<Props> | undefined
  /** Fetches it, once for all who ask. A failed load may be tried again. */
  load(): Promise<void>
  /** Gives it at once, without loading. */
  provide(component: ComponentType<Props>): void
  subscribe(listener: () => void): () => void
}

export function createPart<Props>(fetchPart: () => Promise<ComponentType<Props>>): Part<Props> {
  let component: ComponentType<Props> | undefined
  let loading: Promise<void> | undefined
  const listeners = new Set<() => void>()
  const provide = (given: ComponentType<Props>) => {
    component = given
    for (const listener of listeners) listener()
  }
  const load = () => {
    loading ??= fetchPart().then(provide, (cause: unknown) => {
      loading = undefined
      throw new Error(word("A part of this page could not be loaded. Check the connection and open the panel again."), {
        cause,
      })
    })
    return loading
  }
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return { current: () => component, load, provide, subscribe }
}

export interface OnDemandProps<Props> {
  readonly part: Part<Props>
  readonly props: Props
  readonly fallback: ReactNode
}

/** Paints a part, loading it where it is not there yet; a failed load throws to the component's place. */
export function OnDemand<Props extends object>(given: OnDemandProps<Props>): ReactNode {
  return (
    <Suspense fallback={given.fallback}>
      <Arriving {...given} />
    </Suspense>
  )
}

function Arriving<Props extends object>({ part, props, fallback }: OnDemandProps<Props>): ReactNode {
  const hydrated = useHydrated()
  const Component = useSyncExternalStore(part.subscribe, part.current, part.current)
  const [failure, setFailure] = useState<Error>()
  useEffect(() => {
    if (!Component) part.load().catch(setFailure)
  }, [part, Component])
  if (failure) throw failure
  if (Component) return <Component {...props} />
  // Thrown as React.lazy does, not `use`: that renders again on the spot, outside of hydration.
  if (!hydrated) throw part.load()
  return fallback
}

/** What stands where a part is still on its way: nothing to see at first, a quiet ground when it takes longer. */
export function Skeleton({ height }: { readonly height: number }): ReactNode {
  return <div className="nx-skeleton" style={{ height }} aria-hidden="true" />
}
