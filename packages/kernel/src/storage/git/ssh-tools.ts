import { execFile } from "node:child_process"
import { NexusError } from "@nexus/protocol"

/** One run of `ssh-keygen` or `ssh-keyscan`: no shell, nothing to ask, and of our environment only where programs are. */
export function runSshTool(
  tool: "ssh-keygen" | "ssh-keyscan",
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ readonly code: number; readonly stdout: string }> {
  const { PATH = "" } = env
  return new Promise((resolve, reject) => {
    const child = execFile(
      tool,
      args,
      { env: { PATH, LC_ALL: "C" }, timeout: TIMEOUT_MS, killSignal: "SIGKILL", maxBuffer: MAX_OUTPUT_BYTES },
      (error, stdout) => {
        if (error?.code === "ENOENT") reject(missing(tool, error))
        else resolve({ code: error ? Number(error.code ?? -1) : 0, stdout })
      },
    )
    child.stdin?.end()
  })
}

function missing(tool: string, cause: Error): NexusError {
  const detail = `${tool} is not installed where the kernel runs. Install OpenSSH's client (apt install openssh-client) and try again.`
  return new NexusError({ code: "unavailable", what: "The way by ssh", detail }, { cause })
}

const TIMEOUT_MS = 15_000
const MAX_OUTPUT_BYTES = 1024 * 1024
