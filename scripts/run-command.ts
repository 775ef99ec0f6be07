import { spawn, spawnSync } from "node:child_process"
import { delimiter, resolve } from "node:path"

export const root: string = resolve(import.meta.dirname, "..")

/** The environment of every child: the pinned Node first on the PATH, its compiled code kept, no telemetry of other people's tools. */
export function childEnv(): NodeJS.ProcessEnv {
  const bin = resolve(root, "node_modules/.bin")
  const path = process.env.PATH ?? ""
  return {
    ...process.env,
    PATH: path.startsWith(bin) ? path : `${bin}${delimiter}${path}`,
    NODE_COMPILE_CACHE: resolve(root, "node_modules/.cache/node"),
    TURBO_TELEMETRY_DISABLED: "1",
    DO_NOT_TRACK: "1",
    CHECKPOINT_DISABLE: "1",
  }
}

/** Runs a command in the project's root with its output shown; resolves with its exit code. */
export function runCommand(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd: root, stdio: "inherit", env: { ...childEnv(), ...env } })
    const pass = (signal: NodeJS.Signals) => () => void child.kill(signal)
    const onInt = pass("SIGINT")
    const onTerm = pass("SIGTERM")
    process.on("SIGINT", onInt).on("SIGTERM", onTerm)
    // npm passes a signal on to its shell, which dies of it and tells nobody: an orphan stops what it started.
    const parent = process.ppid
    const watch = setInterval(() => {
      if (process.ppid !== parent) child.kill("SIGTERM")
    }, 250)
    child.once("error", fail)
    child.once("exit", (code, signal) => {
      clearInterval(watch)
      process.off("SIGINT", onInt).off("SIGTERM", onTerm)
      done(code ?? (signal ? 1 : 0))
    })
  })
}

/** Is there such a program on the PATH? */
export function hasProgram(name: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${name}`], { stdio: "ignore" }).status === 0
}
