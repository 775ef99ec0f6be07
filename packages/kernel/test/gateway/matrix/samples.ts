import { createId, type endpoints, type Role } from "@nexus/protocol"
import type * as z from "zod"
import { counterSource } from "../with-http.ts"
import type { Place } from "./place.ts"

type Endpoints = typeof endpoints

/** A request that an endpoint takes, as its caller writes it. */
interface RequestOf<Name extends keyof Endpoints> {
  readonly params?: z.input<Endpoints[Name]["params"]>
  readonly query?: z.input<Endpoints[Name]["query"]>
  readonly body?: z.input<Endpoints[Name]["body"]>
  readonly headers?: Readonly<Record<string, string>>
  /** The body of an endpoint that takes it as it comes. */
  readonly bytes?: string
}

/** One good request of each endpoint, and who may make it where the endpoint cannot say so itself. */
export interface Sample<Name extends keyof Endpoints = keyof Endpoints> {
  request(place: Place): Promise<RequestOf<Name>> | RequestOf<Name>
  /** The role that is asked for once the workspace is known, or for what this request does. */
  readonly needs?: Role
  /** What whoever may ask is told, when a good request cannot be made here. */
  readonly answers?: number
  /** It is good again when it was done, as it is with whatever reads or puts. */
  readonly again?: true
  /** Its other ids are not of a workspace: they may be used in any. */
  readonly anywhere?: true
}

const PASSWORD = "correct horse battery"
const email = () => `${createId("person").replaceAll("_", "-").toLowerCase()}@example.org`
const inPlace = ({ workspace }: Place) => ({ workspace })
/** Read with the workspace in the path, or in the query. */
const read = { request: (place: Place) => ({ params: inPlace(place) }) }
const ofPanel = async (place: Place) => ({ params: { panel: await place.newPanel() }, query: inPlace(place) })
const ofPatch = async (place: Place) => ({ params: { patch: await place.newPatch() } })
/** A branch or tag that is made for it. */
const named = async (place: Place, what: "branches" | "tags") => {
  const name = { ...inPlace(place), name: createId("n") }
  await place.order("POST", `/workspace/${what}`, name)
  return name
}

/** By name, so that an endpoint without a sample is a type error. */
export const samples: { readonly [Name in keyof Endpoints]: Sample<Name> } = {
  register: { request: () => ({ body: { email: email(), name: "Somebody", password: PASSWORD } }) },
  login: {
    request: async ({ order }) => {
      const person = { email: email(), password: PASSWORD }
      await order("POST", "/auth/register", { ...person, name: "Somebody" })
      return { body: person }
    },
    again: true,
  },
  // A code is printed once, when a kernel starts.
  signInByLink: { request: () => ({ body: { code: "a-code-that-nobody-has" } }), answers: 401 },
  // Without the cookie there is nothing to trade.
  refresh: { request: ({ kernel }) => ({ headers: { origin: kernel.kernel.url } }), answers: 401 },
  logout: { request: ({ kernel }) => ({ headers: { origin: kernel.kernel.url } }) },
  me: { request: () => ({}) },
  readPreferences: { request: () => ({}) },
  savePreferences: { request: () => ({ body: { theme: "dark" } }), again: true },
  readHealth: { request: () => ({}) },
  readSandboxes: { request: () => ({}) },
  listStarts: { request: () => ({}) },
  renameMe: { request: () => ({ body: { name: "Renamed" } }) },
  takeSecondStep: { request: () => ({ body: { challenge: "of-nobody", code: "000000" } }), answers: 401 },
  listSignInWays: { request: () => ({}) },
  // The callers keep their passwords and sessions: what they ask for is refused for what it says.
  changePassword: { request: () => ({ body: { current: "not the one", password: PASSWORD } }), answers: 422 },
  listSessions: { request: () => ({}) },
  endSession: { request: () => ({ params: { session: "session_of_nobody" } }), answers: 404 },
  logoutEverywhere: { request: () => ({ query: { here: "keep" } }) },
  readSecondFactor: { request: () => ({}) },
  enrolSecondFactor: { request: () => ({ body: { password: "not the one" } }), answers: 422 },
  confirmSecondFactor: { request: () => ({ body: { code: "000000" } }), answers: 409 },
  renewRecoveryCodes: { request: () => ({ body: { code: "000000" } }), answers: 409 },
  disableSecondFactor: { request: () => ({ body: { password: PASSWORD, code: "000000" } }), answers: 409 },
  listKeys: { request: () => ({}) },
  createKey: { request: () => ({ body: { name: "A key", scope: "read" } }) },
  revokeKey: { request: () => ({ params: { key: "key_of_nobody" } }), answers: 404 },
  listWorkspaces: { request: () => ({}) },
  createWorkspace: { request: () => ({ body: { name: "Another" } }) },
  getWorkspace: read,
  renameWorkspace: { request: (place) => ({ params: inPlace(place), body: { name: "Renamed" } }) },
  deleteWorkspace: { request: async (place) => ({ params: inPlace(await place.another()) }) },
  exportWorkspace: read,
  // What is no bundle is refused, whoever sends it.
  importWorkspace: { request: () => ({ bytes: "no ZIP" }), answers: 422 },
  listMembers: read,
  setMember: {
    request: ({ workspace, guest }) => ({ params: { workspace, user: guest }, body: { role: "viewer" } }),
    anywhere: true,
  },
  removeMember: {
    needs: "owner",
    request: async ({ order, workspace, guest }) => {
      await order("PUT", `/workspaces/${workspace}/members/${guest}`, { role: "viewer" })
      return { params: { workspace, user: guest } }
    },
  },
  listShares: read,
  createShare: { request: (place) => ({ params: inPlace(place), body: { role: "viewer" } }) },
  revokeShare: {
    request: async (place) => ({ params: { ...inPlace(place), share: (await place.newShare()).id } }),
  },
  joinShare: {
    request: async (place) => ({ params: { code: (await (await place.another()).newShare()).code } }),
    anywhere: true,
    again: true,
  },
  // Without a provider there is nobody to go to.
  startProviderSignIn: { request: ({ kernel }) => ({ headers: { origin: kernel.kernel.url } }), answers: 404 },
  finishProviderSignIn: {
    request: ({ kernel }) => ({ headers: { origin: kernel.kernel.url }, body: { answer: "code=none" } }),
    answers: 404,
  },
  startProviderLink: { request: ({ kernel }) => ({ headers: { origin: kernel.kernel.url } }), answers: 404 },
  finishProviderLink: {
    request: ({ kernel }) => ({ headers: { origin: kernel.kernel.url }, body: { answer: "code=none" } }),
    answers: 404,
  },
  listIdentities: { request: () => ({}) },
  removeIdentity: { request: () => ({ params: { identity: "identity_of_nobody" } }), answers: 404 },
  listInvitations: read,
  createInvitation: { request: (place) => ({ params: inPlace(place), body: { email: email(), role: "viewer" } }) },
  revokeInvitation: {
    request: async (place) => {
      const body = { email: email(), role: "viewer" }
      const { id } = await place.order("POST", `/workspaces/${place.workspace}/invitations`, body)
      return { params: { ...inPlace(place), invitation: String(id) } }
    },
  },
  // The invitation is for somebody else.
  acceptInvitation: {
    request: async (place) => {
      const body = { email: email(), role: "viewer" }
      const { url } = await place.order("POST", `/workspaces/${place.workspace}/invitations`, body)
      return { params: { code: String(url).split("/").at(-1) ?? "" } }
    },
    answers: 403,
    anywhere: true,
  },
  exportMe: { request: () => ({}) },
  // Whoever is erased asks nothing more; that the name must be typed is shown here.
  eraseMe: { request: () => ({ body: { confirm: "somebody else" } }), answers: 422 },
  readUsage: read,
  setTier: { request: (place) => ({ params: inPlace(place), body: { tier: "pro" } }) },
  listNarrowing: read,
  setNarrowing: {
    request: async (place) => ({
      params: { ...inPlace(place), panel: await place.newPanel() },
      body: { subject: { role: "viewer" as const }, level: "look" as const },
    }),
  },
  myPanels: read,
  listWorkspaceAudit: read,
  exportWorkspaceAudit: read,
  listMyAudit: { request: () => ({}) },
  verifyAudit: { request: () => ({}) },
  createPanel: { request: (place) => ({ body: { ...inPlace(place), source: counterSource() } }) },
  getPanel: { request: ofPanel },
  putPanel: { request: async (place) => ({ ...(await ofPanel(place)), body: { source: counterSource("Other") } }) },
  deletePanel: { request: ofPanel },
  renderPanel: { request: ofPanel },
  triggerHandler: {
    request: (place) => ({
      params: { panel: place.panel, handler: "add" },
      query: inPlace(place),
      body: { args: {} },
    }),
  },
  setGrant: {
    request: async (place) => ({ ...(await ofPanel(place)), body: { grant: "kv:notes", granted: true } }),
  },
  listGrants: read,
  readRunLimits: read,
  setRunLimits: { request: (place) => ({ params: inPlace(place), body: { limits: { cpuMs: 1000 } } }) },
  queryGraph: {
    request: (place) => ({ body: { ...inPlace(place), query: { find: "kind", kind: "panel" } } }),
  },
  listFiles: read,
  uploadFile: {
    request: (place) => ({ params: inPlace(place), query: { name: `${createId("f")}.bin` }, bytes: "some text" }),
  },
  readFile: { request: async (place) => ({ params: { ...inPlace(place), file: await place.newFile() } }) },
  deleteFile: { request: async (place) => ({ params: { ...inPlace(place), file: await place.newFile() } }) },
  listPackages: read,
  installPackage: { request: (place) => ({ params: inPlace(place), body: PACKAGE }) },
  removePackage: {
    request: async (place) => {
      await place.order("POST", `/workspaces/${place.workspace}/packages`, PACKAGE)
      return { params: { ...inPlace(place), package: "package_dots" } }
    },
  },
  listWaitingRuns: read,
  cancelRun: { request: async (place) => ({ params: { ...inPlace(place), run: (await place.newWaiting()).run } }) },
  continueRun: {
    request: async (place) => ({
      params: { ...inPlace(place), run: (await place.newWaiting()).run },
      body: { how: "discard" },
    }),
  },
  listQuestions: read,
  answerQuestion: {
    request: async (place) => ({
      params: { ...inPlace(place), question: (await place.newWaiting()).question },
      body: { answer: "yes" },
    }),
  },
  listRunRecords: read,
  readRunRecord: {
    request: async ({ order, workspace }) => {
      const { runs } = await order("GET", `/workspaces/${workspace}/runs/records`)
      return { params: { workspace, run: Array.isArray(runs) ? String(runs.at(-1)?.run) : "" } }
    },
  },
  proposePatch: {
    request: async (place) => {
      const frame = { x: 1, y: 1, w: 300, h: 200 }
      const operations = [{ kind: "panel_frame" as const, panel: await place.newPanel(), frame }]
      return { body: { ...inPlace(place), base: 0, reason: "a sample", operations } }
    },
  },
  listPatches: { request: (place) => ({ query: inPlace(place) }) },
  getPatch: { needs: "viewer", request: ofPatch },
  acceptPatch: { needs: "editor", request: async (place) => ({ ...(await ofPatch(place)), body: {} }) },
  rejectPatch: { needs: "editor", request: ofPatch },
  revertPatch: {
    needs: "editor",
    request: async (place) => ({ params: { patch: await place.acceptedPatch() } }),
  },
  commitWorkspace: {
    request: async (place) => {
      await place.newPanel()
      return { body: { ...inPlace(place), message: "A sample" } }
    },
  },
  checkoutWorkspace: {
    request: async (place) => {
      await place.newPanel()
      const { commit } = await place.order("POST", "/workspace/commit", inPlace(place))
      return { body: { ...inPlace(place), ref: String(commit) } }
    },
    again: true,
  },
  listHistory: { request: (place) => ({ query: inPlace(place) }) },
  readAutoCommit: read,
  setAutoCommit: { request: (place) => ({ params: inPlace(place), body: { autoCommit: { when: "daily" } } }) },
  listRemotes: { request: (place) => ({ query: inPlace(place) }) },
  // No address is opened on this kernel, so none can be named.
  setRemote: {
    request: (place) => ({ params: { name: "origin" }, body: { ...inPlace(place), url: "ssh://git@localhost/x" } }),
    answers: 403,
  },
  readHostKeys: { request: () => ({ query: { url: "ssh://git@localhost/x" } }), answers: 403 },
  removeRemote: { request: (place) => ({ params: { name: "origin" }, query: inPlace(place) }) },
  pushBranch: { request: (place) => ({ body: { ...inPlace(place), remote: "origin" } }), answers: 404 },
  pullBranch: { request: (place) => ({ body: { ...inPlace(place), remote: "origin" } }), answers: 404 },
  importRepository: { request: () => ({ body: { name: "Copy", url: "ssh://git@localhost/x" } }), answers: 403 },
  mergeBranch: {
    request: async (place) => ({ body: { ...inPlace(place), from: (await named(place, "branches")).name } }),
    again: true,
  },
  revertCommit: {
    request: async (place) => {
      await place.order("POST", "/workspace/branches", { ...inPlace(place), name: createId("n") })
      await place.newPanel()
      const { commit } = await place.order("POST", "/workspace/commit", inPlace(place))
      return { body: { ...inPlace(place), commit: String(commit) } }
    },
  },
  readVersion: { request: (place) => ({ query: inPlace(place) }) },
  diffVersions: { request: (place) => ({ query: inPlace(place) }) },
  // Of a panel that is not there no file differs.
  diffText: { request: (place) => ({ query: { ...inPlace(place), panel: place.panel } }), anywhere: true },
  listBranches: { request: (place) => ({ query: inPlace(place) }) },
  createBranch: { request: (place) => ({ body: { ...inPlace(place), name: createId("b") } }) },
  branchMoment: { request: (place) => ({ body: { ...inPlace(place), name: createId("b"), at: Date.now() } }) },
  deleteBranch: { request: async (place) => ({ query: await named(place, "branches") }) },
  switchBranch: {
    request: async (place) => {
      const { workspace, name } = await named(place, "branches")
      return { body: { workspace, branch: name } }
    },
    again: true,
  },
  createTag: { request: (place) => ({ body: { ...inPlace(place), name: createId("t") } }) },
  deleteTag: { request: async (place) => ({ query: await named(place, "tags") }) },
  twinState: { request: (place) => ({ query: { ...inPlace(place), at: String(Date.now()) } }) },
  twinTimeline: { request: (place) => ({ query: { ...inPlace(place), from: "0", to: String(Date.now()) } }) },
  twinDiff: { request: (place) => ({ query: { ...inPlace(place), a: "0", b: String(Date.now()) } }) },
  // Of a panel that is not there nothing is known: an empty chain.
  twinWhy: {
    request: (place) => ({ query: { ...inPlace(place), panel: place.panel, path: '["count"]' } }),
    anywhere: true,
  },
  twinStatus: { request: () => ({}) },
}

const PACKAGE = {
  name: "dots",
  version: "1.0.0",
  description: "A dot",
  components: [
    {
      declaration: {
        name: "Dot",
        doc: "A dot.",
        props: { label: { type: "string" as const, doc: "What it is called." } },
        events: {},
        children: "none" as const,
        width: { min: 10, ideal: 20, max: 40 },
        example: '<Dot label="A"/>',
      },
      source: '<NexusPanel title="Dot"><View><Text content="{label}"/></View></NexusPanel>',
    },
  ],
}
