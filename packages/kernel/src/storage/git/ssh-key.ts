import { chmod, mkdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { NexusError } from "@nexus/protocol"
import { runSshTool } from "./ssh-tools.ts"

/**
 * The one key by which this installation is known to other hosts. It is made when it is first asked for, in a folder that
 * only the kernel may read, or given by the operator; it is named to ssh by its path alone and read by nobody else here.
 */
export interface SshKey {
  /** Where the private key is. */
  file(): Promise<string>
  /** One line, as `authorized_keys` takes it. */
  publicKey(): Promise<string>
}

export interface SshKeyOptions {
  /** Where a key is made; it need not exist. */
  readonly dir: string
  /** The operator's own. */
  readonly given?: string | undefined
  readonly env: NodeJS.ProcessEnv
}

const PUBLIC = /^[a-z0-9@.-]+ [A-Za-z0-9+/]+={0,2}/

export function createSshKey({ dir, given, env }: SshKeyOptions): SshKey {
  const own = join(dir, "id_ed25519")
  let making: Promise<string> | undefined
  const make = async (): Promise<string> => {
    await mkdir(dir, { recursive: true, mode: 0o700 })
    await chmod(dir, 0o700)
    if (await readFile(`${own}.pub`).catch(() => undefined)) return own
    // It asks before it writes over one, and nobody answers.
    await runSshTool("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "nexus", "-f", own], env)
    return own
  }
  const file = async (): Promise<string> => {
    if (given !== undefined) return given
    making ??= make()
    return making.catch((cause: unknown) => {
      making = undefined
      throw cause
    })
  }
  return {
    file,
    async publicKey() {
      const { code, stdout } = await runSshTool("ssh-keygen", ["-y", "-P", "", "-f", await file()], env)
      const line = PUBLIC.exec(stdout)?.[0]
      if (code === 0 && line !== undefined) return `${line} nexus`
      const detail = given
        ? "NEXUS_GIT_SSH_KEY names no private key that can be read without a passphrase. Make one by: ssh-keygen -t ed25519 -N ''"
        : "it could not be made. Is the data folder's disk full or read-only?"
      throw new NexusError({ code: "unavailable", what: "The key for ssh", detail })
    },
  }
}
