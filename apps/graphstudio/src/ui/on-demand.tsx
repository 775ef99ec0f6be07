import { type ComponentType, type FunctionComponent, useEffect, useState } from "react"

/** A part of the page whose script comes when it is first shown, or before with `prefetch`. */
export type Part<Props> = FunctionComponent<Props> & { readonly prefetch: () => Promise<void> }

/**
 * Until the script is here `Meanwhile` stands in the part's place, and whatever is beside it stays. A load that failed is
 * thrown at that place, and tried again by whoever shows the part next.
 *
 * `React.lazy` was refused: parts that share a boundary are all hidden while one of them loads, with their menus closed
 * and the focus lost; and whoever has been shown a fallback waits 300 ms before React shows anything else.
 */
export function onDemand<Props extends object>(
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
  Meanwhile: ComponentType<Props> = Nothing,
): Part<Props> {
  let arrived: ComponentType<Props> | undefined
  const prefetch = async () => {
    arrived ??= (await load()).default
  }
  const Shown: FunctionComponent<Props> = (props) => {
    const [here, setHere] = useState(arrived !== undefined)
    const [failure, setFailure] = useState<{ readonly cause: unknown }>()
    useEffect(() => {
      if (!here)
        prefetch().then(
          () => setHere(true),
          (cause: unknown) => setFailure({ cause }),
        )
    }, [here])
    if (failure) throw failure.cause
    const Component = arrived ?? Meanwhile
    return <Component {...props} />
  }
  return Object.assign(Shown, { prefetch })
}

function Nothing() {
  return null
}
