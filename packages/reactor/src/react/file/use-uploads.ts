import { useCallback, useEffect, useRef, useState } from "react"
import type { WorkspaceFile, WorkspaceFiles } from "../../store/workspace-files.ts"

/** A file on its way into the workspace. */
export interface Upload {
  readonly key: number
  readonly name: string
  /** The share that was sent, 0 to 1. */
  readonly share: number
}

export interface Uploads {
  readonly waiting: readonly Upload[]
  /** Sends a file; `kept` hears it when the workspace has it, `failed` why not. Silent when it was cancelled. */
  start(file: File, kept: (file: WorkspaceFile) => void, failed: (message: string) => void): void
  cancel(key: number): void
}

/** The uploads of one component: they end with it. */
export function useUploads(files: WorkspaceFiles | undefined): Uploads {
  const [waiting, setWaiting] = useState<readonly Upload[]>([])
  const stops = useRef(new Map<number, AbortController>())
  const next = useRef(0)
  useEffect(() => {
    const running = stops.current
    return () => {
      for (const stop of running.values()) stop.abort()
    }
  }, [])
  const start = useCallback<Uploads["start"]>(
    (file, kept, failed) => {
      if (!files) return
      next.current += 1
      const key = next.current
      const stop = new AbortController()
      stops.current.set(key, stop)
      setWaiting((all) => [...all, { key, name: file.name, share: 0 }])
      const progress = (share: number) =>
        setWaiting((all) => all.map((upload) => (upload.key === key ? { ...upload, share } : upload)))
      files
        .upload(file, progress, stop.signal)
        .then(
          (stored) => !stop.signal.aborted && kept(stored),
          (error: unknown) => !stop.signal.aborted && failed(error instanceof Error ? error.message : String(error)),
        )
        .finally(() => {
          stops.current.delete(key)
          setWaiting((all) => all.filter((upload) => upload.key !== key))
        })
    },
    [files],
  )
  const cancel = useCallback((key: number) => {
    stops.current.get(key)?.abort()
    setWaiting((all) => all.filter((upload) => upload.key !== key))
  }, [])
  return { waiting, start, cancel }
}
