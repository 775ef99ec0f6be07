import * as audit from "./audit.ts"
import * as auth from "./auth.ts"
import { readAutoCommit, setAutoCommit } from "./auto-commit.ts"
import * as branches from "./branches.ts"
import * as bundles from "./bundles.ts"
import type { Endpoint } from "./endpoint.ts"
import * as files from "./files.ts"
import { listGrants } from "./grants.ts"
import { queryGraph } from "./graph.ts"
import * as health from "./health.ts"
import * as invitations from "./invitations.ts"
import * as keys from "./keys.ts"
import { readRunLimits, setRunLimits } from "./limits.ts"
import * as merges from "./merges.ts"
import * as narrowing from "./narrowing.ts"
import * as packages from "./packages.ts"
import * as panels from "./panels.ts"
import { changePassword } from "./password.ts"
import * as patches from "./patches.ts"
import * as preferences from "./preferences.ts"
import * as privacy from "./privacy.ts"
import * as provider from "./provider.ts"
import * as records from "./records.ts"
import * as remotes from "./remotes.ts"
import * as runs from "./runs.ts"
import * as secondFactor from "./second-factor.ts"
import * as sessions from "./sessions.ts"
import * as twin from "./twin.ts"
import * as usage from "./usage.ts"
import * as versionDiff from "./version-diff.ts"
import * as versions from "./versions.ts"
import * as workspaces from "./workspaces.ts"

/** Every endpoint the kernel serves below `/api/v1`, by name. */
export const endpoints = {
  register: auth.register,
  login: auth.login,
  takeSecondStep: auth.takeSecondStep,
  listSignInWays: auth.listSignInWays,
  signInByLink: auth.signInByLink,
  refresh: auth.refresh,
  logout: auth.logout,
  me: auth.me,
  renameMe: auth.renameMe,
  changePassword,
  listSessions: sessions.listSessions,
  endSession: sessions.endSession,
  logoutEverywhere: sessions.logoutEverywhere,
  readSecondFactor: secondFactor.readSecondFactor,
  enrolSecondFactor: secondFactor.enrolSecondFactor,
  confirmSecondFactor: secondFactor.confirmSecondFactor,
  renewRecoveryCodes: secondFactor.renewRecoveryCodes,
  disableSecondFactor: secondFactor.disableSecondFactor,
  listKeys: keys.listKeys,
  createKey: keys.createKey,
  revokeKey: keys.revokeKey,
  startProviderSignIn: provider.startProviderSignIn,
  finishProviderSignIn: provider.finishProviderSignIn,
  startProviderLink: provider.startProviderLink,
  finishProviderLink: provider.finishProviderLink,
  listIdentities: provider.listIdentities,
  removeIdentity: provider.removeIdentity,
  listWorkspaces: workspaces.listWorkspaces,
  createWorkspace: workspaces.createWorkspace,
  getWorkspace: workspaces.getWorkspace,
  renameWorkspace: workspaces.renameWorkspace,
  deleteWorkspace: workspaces.deleteWorkspace,
  listMembers: workspaces.listMembers,
  setMember: workspaces.setMember,
  removeMember: workspaces.removeMember,
  listShares: workspaces.listShares,
  createShare: workspaces.createShare,
  revokeShare: workspaces.revokeShare,
  joinShare: workspaces.joinShare,
  listInvitations: invitations.listInvitations,
  createInvitation: invitations.createInvitation,
  revokeInvitation: invitations.revokeInvitation,
  acceptInvitation: invitations.acceptInvitation,
  readPreferences: preferences.readPreferences,
  savePreferences: preferences.savePreferences,
  exportMe: privacy.exportMe,
  eraseMe: privacy.eraseMe,
  readUsage: usage.readUsage,
  setTier: usage.setTier,
  listNarrowing: narrowing.listNarrowing,
  setNarrowing: narrowing.setNarrowing,
  myPanels: narrowing.myPanels,
  exportWorkspace: bundles.exportWorkspace,
  importWorkspace: bundles.importWorkspace,
  listWorkspaceAudit: audit.listWorkspaceAudit,
  exportWorkspaceAudit: audit.exportWorkspaceAudit,
  listMyAudit: audit.listMyAudit,
  verifyAudit: audit.verifyAudit,
  createPanel: panels.createPanel,
  getPanel: panels.getPanel,
  putPanel: panels.putPanel,
  deletePanel: panels.deletePanel,
  renderPanel: panels.renderPanel,
  triggerHandler: panels.triggerHandler,
  setGrant: panels.setGrant,
  listGrants,
  readRunLimits,
  setRunLimits,
  queryGraph,
  listFiles: files.listFiles,
  uploadFile: files.uploadFile,
  readFile: files.readFile,
  deleteFile: files.deleteFile,
  listPackages: packages.listPackages,
  installPackage: packages.installPackage,
  removePackage: packages.removePackage,
  listWaitingRuns: runs.listWaitingRuns,
  cancelRun: runs.cancelRun,
  continueRun: runs.continueRun,
  listQuestions: runs.listQuestions,
  answerQuestion: runs.answerQuestion,
  listRunRecords: records.listRunRecords,
  readRunRecord: records.readRunRecord,
  proposePatch: patches.proposePatch,
  listPatches: patches.listPatches,
  getPatch: patches.getPatch,
  acceptPatch: patches.acceptPatch,
  rejectPatch: patches.rejectPatch,
  revertPatch: patches.revertPatch,
  commitWorkspace: versions.commitWorkspace,
  checkoutWorkspace: versions.checkoutWorkspace,
  listHistory: versions.listHistory,
  readVersion: versions.readVersion,
  readAutoCommit,
  setAutoCommit,
  listRemotes: remotes.listRemotes,
  setRemote: remotes.setRemote,
  readHostKeys: remotes.readHostKeys,
  removeRemote: remotes.removeRemote,
  pushBranch: remotes.pushBranch,
  pullBranch: remotes.pullBranch,
  importRepository: remotes.importRepository,
  mergeBranch: merges.mergeBranch,
  revertCommit: merges.revertCommit,
  diffVersions: versionDiff.diffVersions,
  diffText: versionDiff.diffText,
  listBranches: branches.listBranches,
  createBranch: branches.createBranch,
  branchMoment: branches.branchMoment,
  deleteBranch: branches.deleteBranch,
  switchBranch: branches.switchBranch,
  createTag: branches.createTag,
  deleteTag: branches.deleteTag,
  twinState: twin.twinState,
  twinTimeline: twin.twinTimeline,
  twinDiff: twin.twinDiff,
  twinWhy: twin.twinWhy,
  twinStatus: twin.twinStatus,
  readHealth: health.readHealth,
  readSandboxes: health.readSandboxes,
  listStarts: health.listStarts,
} satisfies Record<string, Endpoint>
