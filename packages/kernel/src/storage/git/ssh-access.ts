import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { devNull, tmpdir } from "node:os"
import { join } from "node:path"
import type { HostKey, RemotePlace } from "../remotes.ts"
import { isInFile, keysShownBy, nameOfHost } from "./host-keys.ts"
import { createSshKey } from "./ssh-key.ts"

/**
 * How git goes out by ssh: with one key, to hosts whose keys are known, and with nothing of the machine's own settings. A
 * host that the operator's file names is known by that file alone; any other by the key that a person accepted for this one
 * repository, which is written for one run and gone after it.
 */
export interface SshAccess {
  publicKey(): Promise<string>
  /** The keys a person chooses from; none where the operator has chosen. */
  hostKeys(place: RemotePlace): Promise<readonly HostKey[]>
  /** Runs `work` with the ssh command that reaches this place and no other host. */
  withCommand<Result>(place: RemotePlace, work: (sshCommand: string) => Promise<Result>): Promise<Result>
}

export interface SshAccessOptions {
  readonly dir: string
  readonly keyFile?: string | undefined
  readonly knownHostsFile?: string | undefined
  readonly env: NodeJS.ProcessEnv
}

export function createSshAccess({ dir, keyFile, knownHostsFile, env }: SshAccessOptions): SshAccess {
  const key = createSshKey({ dir, given: keyFile, env })
  return {
    publicKey: key.publicKey,
    async hostKeys({ url }) {
      return (await isInFile(url, knownHostsFile, env)) ? [] : keysShownBy(url, env)
    },
    async withCommand({ url, hostKey }, work) {
      if (knownHostsFile !== undefined && (await isInFile(url, knownHostsFile, env))) {
        return work(sshCommandOf(await key.file(), knownHostsFile))
      }
      const folder = await mkdtemp(join(tmpdir(), "nexus-ssh-"))
      try {
        const known = join(folder, "known_hosts")
        await writeFile(known, hostKey ? `${nameOfHost(url)} ${hostKey.key}\n` : "", { mode: 0o600 })
        return await work(sshCommandOf(await key.file(), known))
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  }
}

/** No configuration of the machine, no agent, no password asked for, no host that is not known already. */
function sshCommandOf(keyFile: string, knownHostsFile: string): string {
  const options = [
    "BatchMode=yes",
    "PreferredAuthentications=publickey",
    "IdentitiesOnly=yes",
    "IdentityAgent=none",
    "AddKeysToAgent=no",
    "StrictHostKeyChecking=yes",
    `UserKnownHostsFile=${quotedForSsh(knownHostsFile)}`,
    `GlobalKnownHostsFile=${devNull}`,
    "UpdateHostKeys=no",
    "VerifyHostKeyDNS=no",
    "CanonicalizeHostname=no",
    "ProxyCommand=none",
    "ProxyJump=none",
    "PermitLocalCommand=no",
    "ClearAllForwardings=yes",
    "ForwardAgent=no",
    "ForwardX11=no",
    "Tunnel=no",
    "ControlMaster=no",
    "ControlPath=none",
    "ConnectTimeout=10",
  ]
  return ["ssh", "-F", "none", "-i", keyFile, ...options.flatMap((option) => ["-o", option])].map(shellWord).join(" ")
}

function quotedForSsh(path: string): string {
  return `"${path.replaceAll(/["\\]/g, "\\$&")}"`
}

function shellWord(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
