import { join } from "node:path"
import type { KernelConfig } from "../config.ts"
import { createGitRemotes } from "../storage/git/git-remotes.ts"
import { createGitVersions } from "../storage/git/git-versions.ts"
import { createSshAccess } from "../storage/git/ssh-access.ts"
import { createWorkspaceVersions, type VersionParts, type WorkspaceVersions } from "./workspace-versions.ts"

/** Versions in Git below `dataDir`, as a kernel is told to keep them. */
export function openVersions(
  { dataDir, env, remotes }: { dataDir: string; env: NodeJS.ProcessEnv; remotes: NonNullable<KernelConfig["remotes"]> },
  parts: Omit<VersionParts, "versions" | "remotes">,
): WorkspaceVersions {
  const { opened = [], sshKey, knownHosts } = remotes
  const dir = join(dataDir, "git")
  const ssh = createSshAccess({ dir: join(dataDir, "ssh"), keyFile: sshKey, knownHostsFile: knownHosts, env })
  return createWorkspaceVersions({
    ...parts,
    versions: createGitVersions({ dir, env }),
    remotes: createGitRemotes({ dir, env, opened, ssh }),
  })
}
