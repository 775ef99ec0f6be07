import * as z from "zod"
import { Id } from "../ids.ts"
import { endpoint } from "./endpoint.ts"
import { MergeAnswer, MergeChoice } from "./merges.ts"
import { RefName } from "./ref-name.ts"
import { WorkspaceSummary } from "./workspaces.ts"

/** Another repository: `ssh://[user@]host[:port]/path`, `user@host:path`, or a path of this machine that the operator allows. */
export const RemoteUrl = z.string().trim().min(1).max(500)
/** One part alone: the branches fetched from it are called `remote/branch`. */
const RemoteName = RefName.refine((name) => !name.includes("/"), "the name of a remote has no /")

/** Of a host's key, as ssh shows it. */
const Fingerprint = z
  .string()
  .regex(/^SHA256:[A-Za-z0-9+/]{43}$/, "a fingerprint begins with SHA256: and has 43 more letters")

/** Where a repository is, and by which key its host is known; ssh alone needs one. */
const RemoteAddress = z.object({ url: RemoteUrl, fingerprint: Fingerprint.optional() })
export type RemoteAddress = Readonly<z.infer<typeof RemoteAddress>>

export const RemoteAnswer = z.object({ name: z.string(), url: z.string(), fingerprint: z.string().optional() })
export type RemoteAnswer = Readonly<z.infer<typeof RemoteAnswer>>

const RemotesAnswer = z.object({
  remotes: z.array(RemoteAnswer),
  /** The ways the operator of this kernel has opened. */
  transports: z.array(z.enum(["file", "ssh"])),
  /** What an ssh host is given so that this kernel may come: a line of `authorized_keys`. */
  publicKey: z.string().optional(),
})
export type RemotesAnswer = z.infer<typeof RemotesAnswer>

const none = z.object({})
const ofWorkspace = z.object({ workspace: Id })
const shared = { tag: "versions", params: none, query: none, body: none, status: 200 } as const

export const listRemotes = endpoint({
  ...shared,
  name: "listRemotes",
  method: "get",
  path: "/workspace/remotes",
  summary: "The other repositories a workspace is pushed to and pulled from",
  access: "viewer",
  query: ofWorkspace,
  answer: RemotesAnswer,
})

export const setRemote = endpoint({
  ...shared,
  name: "setRemote",
  method: "put",
  path: "/workspace/remotes/{name}",
  summary: "Name another repository; refused when this kernel may not reach it",
  access: "owner",
  params: z.object({ name: RemoteName }),
  body: RemoteAddress.extend({ workspace: Id }),
  answer: RemoteAnswer,
})

export const readHostKeys = endpoint({
  ...shared,
  name: "readHostKeys",
  method: "get",
  path: "/git/host-keys",
  summary: "The keys that the host of an ssh address shows now, to be compared with what its owner says",
  access: "person",
  scope: "admin",
  everywhere: true,
  query: z.object({ url: RemoteUrl }),
  answer: z.object({
    /** The strongest first; none where nobody has to accept one. */
    keys: z.array(z.object({ kind: z.string(), fingerprint: z.string() })),
  }),
})

export const removeRemote = endpoint({
  ...shared,
  name: "removeRemote",
  method: "delete",
  path: "/workspace/remotes/{name}",
  summary: "Forget another repository; nothing in it changes",
  access: "owner",
  params: z.object({ name: RemoteName }),
  query: ofWorkspace,
  status: 204,
  answer: none,
})

export const pushBranch = endpoint({
  ...shared,
  name: "pushBranch",
  method: "post",
  path: "/workspace/push",
  summary: "Send a branch, and with it its commits, to another repository; never over what is newer there",
  access: "editor",
  body: z.object({ workspace: Id, remote: RemoteName, branch: RefName.optional() }),
  answer: z.object({ branch: z.string(), commit: z.string() }),
})

export const pullBranch = endpoint({
  ...shared,
  name: "pullBranch",
  method: "post",
  path: "/workspace/pull",
  summary: "Fetch a branch of another repository and merge it into the workspace's branch",
  access: "editor",
  body: z.object({
    workspace: Id,
    remote: RemoteName,
    branch: RefName.optional(),
    choices: z.array(MergeChoice).max(10_000).default([]),
  }),
  answer: MergeAnswer,
})

export const importRepository = endpoint({
  ...shared,
  name: "importRepository",
  method: "post",
  path: "/workspaces/import",
  summary: "Make a workspace of an existing repository: its history, and a panel of every NXML file",
  access: "person",
  scope: "admin",
  everywhere: true,
  body: RemoteAddress.extend({ name: z.string().trim().min(1).max(200) }),
  status: 201,
  answer: WorkspaceSummary,
})
