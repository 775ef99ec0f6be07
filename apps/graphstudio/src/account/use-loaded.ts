import { useCallback, useEffect, useState } from "react"
import { sentence } from "../connect/sentence.ts"

interface Loaded<Value> {
  readonly value: Value | undefined
  readonly error: string | undefined
  reload(): Promise<void>
}

/** What `load` gives, asked for when shown and again on demand; what was there stays until the new is here. */
export function useLoaded<Value>(load: () => Promise<Value>): Loaded<Value> {
  const [value, setValue] = useState<Value>()
  const [error, setError] = useState<string>()
  const reload = useCallback(async () => {
    try {
      setValue(await load())
      setError(undefined)
    } catch (cause) {
      setError(sentence(cause))
    }
  }, [load])
  useEffect(() => {
    reload()
  }, [reload])
  return { value, error, reload }
}
