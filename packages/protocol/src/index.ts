export { type ApiClient, type ApiOptions, createApiClient, etagOf, type Fetch } from "./api/api-client.ts"
export { AssistantEvent, AssistantRequest, AssistantTurn, AssistantUsage, askAssistant } from "./api/assistant.ts"
export { AuditAction, AuditDetail, AuditEntry, AuditHead, AuditVerdict } from "./api/audit.ts"
export { Account, SecondStep, SignInAnswer } from "./api/auth.ts"
export { AutoCommit } from "./api/auto-commit.ts"
export { BranchesAnswer, NamedCommit } from "./api/branches.ts"
export { type Api, createApi } from "./api/create-api.ts"
export { EmbedHost, EmbedHosts } from "./api/embed-host.ts"
export { type Endpoint, keyScopeOf } from "./api/endpoint.ts"
export * as endpoints from "./api/endpoints.ts"
export { FileAnswer } from "./api/files.ts"
export { GrantAnswer, GrantChange } from "./api/grants.ts"
export { QueryAnswer } from "./api/graph.ts"
export { CheckedPart, HealthAnswer, KernelStart, SandboxesAnswer, SandboxProcess, VitalSign } from "./api/health.ts"
export { InvitationAnswer } from "./api/invitations.ts"
export { KeyScope } from "./api/key-scope.ts"
export { KeyAnswer } from "./api/keys.ts"
export { RunLimits, RunLimitsAnswer } from "./api/limits.ts"
export { MergeAnswer, MergeChoice, MergeConflict } from "./api/merges.ts"
export { NarrowedSubject, NarrowingRule } from "./api/narrowing.ts"
export { openApiDocument } from "./api/openapi.ts"
export { PackageAnswer } from "./api/packages.ts"
export { pagesOf } from "./api/pages-of.ts"
export { PanelAnswer } from "./api/panels.ts"
export { PatchPreview, PatchReview, PreviewEntity } from "./api/patches.ts"
export { Preferences } from "./api/preferences.ts"
export { fromProblem, Problem, toProblem } from "./api/problem.ts"
export { IdentityAnswer } from "./api/provider.ts"
export { RefName } from "./api/ref-name.ts"
export { type RemoteAddress, RemoteAnswer, type RemotesAnswer } from "./api/remotes.ts"
export { QuestionAnswer, WaitingRunAnswer } from "./api/runs.ts"
export { SecondFactorAnswer } from "./api/second-factor.ts"
export { SessionAnswer } from "./api/sessions.ts"
export { Tier, UsageAnswer } from "./api/usage.ts"
export { VersionDifference, VersionFact } from "./api/version-diff.ts"
export { CommitSummary } from "./api/versions.ts"
export { ListedWorkspace, MemberAnswer, ShareAnswer, WorkspaceSummary } from "./api/workspaces.ts"
export { createId } from "./create-id.ts"
export { Failure, type FailureCode } from "./failure.ts"
export { Id, Identifier, Seq } from "./ids.ts"
export { equalJson, isArray, isJson, isJsonObject, Json, JsonObject, MAX_JSON_DEPTH } from "./json.ts"
export { NexusError, type Rejection, reject, sentenceOf, statusOf } from "./nexus-error.ts"
export { type Applied, apply, type Touch } from "./nog/apply.ts"
export { Actor, ActorKind, Cause, Change, RunCause } from "./nog/change.ts"
export {
  COMMENT_LIMITS,
  type CommentEntity,
  CommentProperties,
  isComment,
  isCommentOperation,
  Person,
} from "./nog/comment.ts"
export {
  declaredCapabilities,
  deriveOperations,
  isDerivedKind,
  isDerivedOperation,
  resolvePanel,
  usedBy,
} from "./nog/derive.ts"
export { Entity, EntityKind, Frame, type PanelEntity, PanelProperties } from "./nog/entity.ts"
export { Graph } from "./nog/graph.ts"
export { isPanel } from "./nog/is-panel.ts"
export {
  Grant,
  ItemKey,
  ItemMatch,
  Operation,
  type OperationKind,
  type OperationOf,
  StatePath,
  type Step,
} from "./nog/operation.ts"
export { isReservedName, type PackageComponents, packageComponents } from "./nog/package-components.ts"
export { isPanelOwned } from "./nog/panel-shape.ts"
export { type Placing, placingOf, type Section, sectionsOf } from "./nog/placing.ts"
export {
  MAX_QUERY_BREADTH,
  MAX_QUERY_DEPTH,
  prepareQuery,
  Query,
  type QueryInput,
  QueryResult,
  queryGraph,
} from "./nog/query.ts"
export { recordState } from "./nog/record.ts"
export { refused as refusedInState } from "./nog/record-values.ts"
export { Confidence, Relationship, RelationshipKind } from "./nog/relationship.ts"
export { indexOfKey, keyOf, matchOf, readPath, stepOf } from "./nog/state-path.ts"
export { weigh } from "./nog/weights.ts"
export { COMMON_PROPS, components } from "./nxml/components/components.ts"
export type { ComponentDeclaration, PropDeclaration, PropType } from "./nxml/components/declaration.ts"
export { ICON_NAMES, type IconName } from "./nxml/components/icon-names.ts"
export { ComponentProperties, PackageDeclaration, PackageManifest } from "./nxml/components/package-component.ts"
export type { Diagnostic, DiagnosticCode, Range } from "./nxml/diagnostic.ts"
export { type AttributeDeclaration, type AttributeKind, type ElementDeclaration, elements } from "./nxml/elements.ts"
export {
  type Binding,
  type CapabilityDeclaration,
  type Computed,
  type Handler,
  type Import,
  type Lifecycle,
  type Panel,
  type Reference,
  STATE_TYPES,
  type State,
  type StateType,
  type Tool,
  type ToolArgument,
  type ViewNode,
} from "./nxml/panel.ts"
export { PanelData, panelJsonSchema } from "./nxml/panel-schema.ts"
export { PanelLevel } from "./panel-level.ts"
export { Patch, PatchProposal, PatchStatus } from "./patch/patch.ts"
export {
  CAPABILITY_WORDS,
  type Capability,
  CapabilityType,
  capabilityMessage,
  covers,
  describeCapability,
  formatCapability,
  matchesGlob,
  parseCapability,
} from "./run/capability.ts"
export {
  Effect,
  HostCall,
  HostReply,
  Limits,
  Outcome,
  type ResumeRequest,
  type RunInput,
  type RunRequest,
  type StateEffect,
  Usage,
} from "./run/outcome.ts"
export { RecordedOutcome, RunRecord, RunRecordStep, RunRecordSummary } from "./run/record.ts"
export { applyToValues, type PanelWorld, type Settled, settle } from "./run/settle.ts"
export { ClientMessage, type ClientMessageOf } from "./wire/client-message.ts"
export { decodeClientMessage, decodeServerMessage, encodeMessage } from "./wire/codec.ts"
export { MAX_DOCUMENT_BYTES, TextSelection } from "./wire/document.ts"
export { Embedding, Peer, Role, ServerMessage, type ServerMessageOf, Snapshot, Writer } from "./wire/server-message.ts"
export { MAX_FRAME_BYTES, PROTOCOL_VERSION } from "./wire/version.ts"
