import { useEffect, useState } from "react"
import { sentence } from "../connect/sentence.ts"

interface Polled<Value> {
  readonly value: Value | undefined
  readonly error: string | undefined
}

/**
 * What `load` gives, again and again while somebody looks: one question at a time, none from a page that is out of sight.
 * What was there stays when one of them fails, with the reason beside it.
 */
export function usePolled<Value>(load: () => Promise<Value>, everyMs: number): Polled<Value> {
  const [polled, setPolled] = useState<Polled<Value>>({ value: undefined, error: undefined })
  useEffect(() => {
    let here = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = async () => {
      try {
        const value = await load()
        if (here) setPolled({ value, error: undefined })
      } catch (cause) {
        if (here) setPolled(({ value }) => ({ value, error: sentence(cause) }))
      }
      if (here && !document.hidden) timer = setTimeout(ask, everyMs)
    }
    const look = () => {
      clearTimeout(timer)
      if (!document.hidden) ask()
    }
    document.addEventListener("visibilitychange", look)
    ask()
    return () => {
      here = false
      clearTimeout(timer)
      document.removeEventListener("visibilitychange", look)
    }
  }, [load, everyMs])
  return polled
}
