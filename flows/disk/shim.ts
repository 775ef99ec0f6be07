import { spawnSync } from "node:child_process"
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** What the disk does now. */
export const TROUBLES = { none: 0, full: 1, failing: 2 } as const
export type Trouble = keyof typeof TROUBLES

/** `shim.c` between a program and the files below `root`. */
export interface Shim {
  /** What a program is started with, so that it runs behind the shim. */
  readonly env: { readonly [name: string]: string }
  /** What was done to the files, as `readRecord` reads it; empty unless it was asked for. */
  readonly recordPath: string
  trouble(what: Trouble): void
}

let compiled: string | undefined

/** Compiles the shim once for this process, and makes a place for its record. `root` must be a real path. */
export function createShim(root: string, options: { record: boolean }): Shim {
  compiled ??= compile()
  const dir = mkdtempSync(join(tmpdir(), "nexus-disk-"))
  const [recordPath, troublePath] = [join(dir, "record"), join(dir, "trouble")]
  const trouble = (what: Trouble): void => writeFileSync(troublePath, Uint8Array.of(TROUBLES[what]), { flag: "r+" })
  writeFileSync(troublePath, Uint8Array.of(TROUBLES.none))
  writeFileSync(recordPath, "")
  const record = options.record ? { DISK_RECORD: recordPath, DISK_SYNC_US: "200" } : {}
  return {
    env: { LD_PRELOAD: compiled, DISK_ROOT: root, DISK_TROUBLE: troublePath, ...record },
    recordPath,
    trouble,
  }
}

function compile(): string {
  const source = new URL("shim.c", import.meta.url).pathname
  const library = join(mkdtempSync(join(tmpdir(), "nexus-shim-")), "shim.so")
  const { status, stderr, error } = spawnSync(
    "gcc",
    ["-shared", "-fPIC", "-O2", "-Wall", "-o", library, source, "-ldl"],
    { encoding: "utf8" },
  )
  if (status === 0) return library
  const why = error?.message ?? stderr
  throw new Error(`flows/disk/shim.c needs a C compiler. On Debian: apt-get install gcc libc6-dev\n${why}`)
}
