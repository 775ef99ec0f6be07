/*
 * Every endpoint the kernel serves below `/api/v1`, by name. As a module and not as one object: whoever calls some of them
 * carries the schemas of those alone.
 */

export { exportWorkspaceAudit, listMyAudit, listWorkspaceAudit, verifyAudit } from "./audit.ts"
export { listSignInWays, login, logout, me, refresh, register, renameMe, signInByLink, takeSecondStep } from "./auth.ts"
export { readAutoCommit, setAutoCommit } from "./auto-commit.ts"
export {
  branchMoment,
  createBranch,
  createTag,
  deleteBranch,
  deleteTag,
  listBranches,
  switchBranch,
} from "./branches.ts"
export { exportWorkspace, importWorkspace } from "./bundles.ts"
export { deleteFile, listFiles, readFile, uploadFile } from "./files.ts"
export { listGrants } from "./grants.ts"
export { queryGraph } from "./graph.ts"
export { listStarts, readHealth, readSandboxes } from "./health.ts"
export { acceptInvitation, createInvitation, listInvitations, revokeInvitation } from "./invitations.ts"
export { createKey, listKeys, revokeKey } from "./keys.ts"
export { readRunLimits, setRunLimits } from "./limits.ts"
export { mergeBranch, revertCommit } from "./merges.ts"
export { listNarrowing, myPanels, setNarrowing } from "./narrowing.ts"
export { installPackage, listPackages, removePackage } from "./packages.ts"
export { createPanel, deletePanel, getPanel, putPanel, renderPanel, setGrant, triggerHandler } from "./panels.ts"
export { changePassword } from "./password.ts"
export { acceptPatch, getPatch, listPatches, proposePatch, rejectPatch, revertPatch } from "./patches.ts"
export { readPreferences, savePreferences } from "./preferences.ts"
export { eraseMe, exportMe } from "./privacy.ts"
export {
  finishProviderLink,
  finishProviderSignIn,
  listIdentities,
  removeIdentity,
  startProviderLink,
  startProviderSignIn,
} from "./provider.ts"
export { listRunRecords, readRunRecord } from "./records.ts"
export {
  importRepository,
  listRemotes,
  pullBranch,
  pushBranch,
  readHostKeys,
  removeRemote,
  setRemote,
} from "./remotes.ts"
export { answerQuestion, cancelRun, continueRun, listQuestions, listWaitingRuns } from "./runs.ts"
export {
  confirmSecondFactor,
  disableSecondFactor,
  enrolSecondFactor,
  readSecondFactor,
  renewRecoveryCodes,
} from "./second-factor.ts"
export { endSession, listSessions, logoutEverywhere } from "./sessions.ts"
export { twinDiff, twinState, twinStatus, twinTimeline, twinWhy } from "./twin.ts"
export { readUsage, setTier } from "./usage.ts"
export { diffText, diffVersions } from "./version-diff.ts"
export { checkoutWorkspace, commitWorkspace, listHistory, readVersion } from "./versions.ts"
export {
  createShare,
  createWorkspace,
  deleteWorkspace,
  getWorkspace,
  joinShare,
  listMembers,
  listShares,
  listWorkspaces,
  removeMember,
  renameWorkspace,
  revokeShare,
  setMember,
} from "./workspaces.ts"
