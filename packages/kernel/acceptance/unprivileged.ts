import { execFileSync } from "node:child_process"

/** As whom a server of a test runs: as whoever runs the test, but never as root. */
export function unprivileged(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const idOf = (flag: string): number => {
    for (const name of ["postgres", "nobody"]) {
      try {
        return Number(execFileSync("id", [flag, name], { stdio: ["ignore", "pipe", "ignore"] }))
      } catch {}
    }
    throw new Error("neither a user postgres nor nobody is known here")
  }
  return { uid: idOf("-u"), gid: idOf("-g") }
}
