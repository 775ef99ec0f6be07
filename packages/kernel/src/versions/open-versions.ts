import type { KernelConfig } from "../config.ts"
import { createGitRemotes } from "../storage/git/git-remotes.ts"
import { createGitVersions } from "../storage/git/git-versions.ts"
import { createWorkspaceVersions, type VersionParts, type WorkspaceVersions } from "./workspace-versions.ts"

/** Versions in Git below `dir`, as a kernel is told to keep them. */
export function openVersions(
  { dir, env, remotes }: { dir: string; env: NodeJS.ProcessEnv; remotes: NonNullable<KernelConfig["remotes"]> },
  parts: Omit<VersionParts, "versions" | "remotes">,
): WorkspaceVersions {
  const { opened = [], sshKey, knownHosts } = remotes
  const ssh = sshKey && knownHosts ? { ssh: { keyFile: sshKey, knownHostsFile: knownHosts } } : {}
  return createWorkspaceVersions({
    ...parts,
    versions: createGitVersions({ dir, env }),
    remotes: createGitRemotes({ dir, env, opened, ...ssh }),
  })
}
