import { useEffect, useState } from "react"

/** By then what a visit begins with has been asked for. */
const AFTER_MS = 1500

/** Whether a visit is past its beginning: what only a later hand asks for is loaded then, behind what is seen. */
export function useRested(): boolean {
  const [rested, setRested] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setRested(true), AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  return rested
}
