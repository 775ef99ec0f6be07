import { useCallback, useEffect, useRef, useState } from "react"
import { type ReadTable, readTable } from "./read-table.ts"
import { failureInWords } from "./table-words.ts"

interface Reading {
  readonly file: File
  /** The share that was read; nothing when nothing is being read. */
  readonly share?: number
  readonly table?: ReadTable
  readonly failed?: string
}

export interface HowToRead {
  readonly delimiter?: string
  readonly header?: boolean
}

/** A file that is read, can be given up while it is, and is read anew in another way when a person corrects the guess. */
export function useTable(first: File | undefined) {
  const [reading, setReading] = useState<Reading>()
  const running = useRef<AbortController>(undefined)

  const read = useCallback(async (file: File, how: HowToRead = {}) => {
    running.current?.abort()
    const stop = new AbortController()
    running.current = stop
    const here = (next: Reading) => {
      if (running.current === stop) setReading(next)
    }
    setReading((before) => ({ ...(before?.file === file ? before : {}), file, share: 0 }))
    try {
      const onProgress = (share: number) => here({ file, share })
      here({ file, table: await readTable(file, { ...how, onProgress, signal: stop.signal }) })
    } catch (error) {
      if (!stop.signal.aborted) here({ file, failed: failureInWords(error) })
    }
  }, [])
  const forget = useCallback(() => {
    running.current?.abort()
    running.current = undefined
    setReading(undefined)
  }, [])

  useEffect(() => {
    if (first) void read(first)
    return () => running.current?.abort()
  }, [first, read])
  return { reading, read, forget }
}
