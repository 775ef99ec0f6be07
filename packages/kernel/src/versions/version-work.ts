import { type Actor, type Change, createId, type Operation } from "@nexus/protocol"
import type { NewVersion, Versions } from "../storage/versions.ts"
import { Lanes } from "../workspace/lane.ts"
import type { Workspace } from "../workspace/workspace.ts"
import type { Workspaces } from "../workspace/workspaces.ts"
import { branchOf, MAIN } from "./branch-of.ts"
import { checkoutOperations } from "./checkout.ts"
import { commitMessage } from "./commit-message.ts"
import { BRANCH_PROPERTY, type CommittedWorkspace, fromFiles, isOurFile, toFiles } from "./workspace-files.ts"

/** Changes that a message is made from. */
const READ_FOR_MESSAGE = 2000

/** Who asked, for the author of a commit and the approver of a change. */
export interface Asker {
  readonly person: Actor
  readonly traceId: string
}

export interface Made {
  readonly commit: string
  readonly message: string
  readonly seq: number
}

export interface CommitOptions {
  readonly author: string
  readonly message?: string
  /** The commit that was merged. */
  readonly merged?: string
  readonly persons?: (changes: readonly Change[]) => readonly string[]
}

/**
 * What every act on versions is made of: which branch and commit a workspace stands on, writing it as a commit, leading it to
 * another. Acts of one workspace take turns: between the reading of a head and the moving of it there is nobody else.
 */
export class VersionWork {
  readonly versions: Versions
  readonly #workspaces: Workspaces
  readonly #clock: () => number
  readonly #turns = new Lanes()

  constructor(versions: Versions, workspaces: Workspaces, clock: () => number) {
    this.versions = versions
    this.#workspaces = workspaces
    this.#clock = clock
  }

  /** Runs `act` on the open workspace when every earlier act on it is over. */
  turn<Result>(id: string, act: (workspace: Workspace) => Promise<Result>): Promise<Result> {
    const letGo = this.#workspaces.hold(id)
    return this.#turns.take(id, async () => act(await this.#workspaces.open(id))).finally(letGo)
  }

  /** The branch and its newest commit. A branch that was deleted while an undo came back to it begins again at `main`. */
  async standsOn({ id, graph }: Workspace): Promise<{ readonly branch: string; readonly head: string | undefined }> {
    const branch = branchOf(graph, id)
    const head = await this.versions.head(id, branch)
    if (head !== undefined || branch === MAIN) return { branch, head }
    const main = await this.versions.head(id, MAIN)
    if (main) await this.versions.moveRef(id, { kind: "branch", name: branch }, { before: undefined, after: main })
    return { branch, head: main }
  }

  async read(workspace: string, commit: string): Promise<CommittedWorkspace> {
    return fromFiles(await this.versions.read(workspace, commit, isOurFile), workspace)
  }

  /** Writes the workspace as it is on its branch. Throws `conflict` when nothing has changed. */
  async commit(workspace: Workspace, { author, message: given, merged, persons }: CommitOptions): Promise<Made> {
    const { id } = workspace
    const { branch, head: parent } = await this.standsOn(workspace)
    const told = given !== undefined && !persons
    const [last] = parent && !told ? await this.versions.history(id, 1, parent) : []
    const changes = told ? [] : await workspace.changes(last?.seq ?? 0, READ_FOR_MESSAGE)
    const since = changes.slice(changes.findLastIndex(isSwitch) + 1)
    const message = given ?? commitMessage(since, changes.length === READ_FOR_MESSAGE)
    const { seq } = workspace
    const commit = await this.commitFiles(workspace, {
      branch,
      parent,
      ...(merged === undefined ? {} : { merged }),
      message,
      author,
      ...(persons ? { persons: persons(since) } : {}),
    })
    return { commit, message, seq }
  }

  /** Writes what is in a graph on a branch. Graph and seq are read in one breath; nothing awaits between them. */
  commitFiles(
    { id, graph, seq }: Written,
    version: Omit<NewVersion, "files" | "owns" | "atMs" | "seq">,
  ): Promise<string> {
    return this.versions.commit(id, {
      ...version,
      files: toFiles(graph, id),
      owns: isOurFile,
      atMs: this.#clock(),
      seq,
    })
  }

  /** Does the workspace differ from `head`? */
  async differs({ id, graph }: Pick<Workspace, "id" | "graph">, head: string | undefined): Promise<boolean> {
    if (head === undefined) return true
    const files = toFiles(graph, id)
    const committed = await this.versions.read(id, head, isOurFile)
    return committed.size !== files.size || [...committed].some(([path, text]) => files.get(path) !== text)
  }

  /** Commits what is not committed yet. The head afterwards, and the commit if one was needed. */
  async save(workspace: Workspace, author: string): Promise<{ readonly head: string; readonly saved?: string }> {
    const { head } = await this.standsOn(workspace)
    if (head !== undefined && !(await this.differs(workspace, head))) return { head }
    const { commit } = await this.commit(workspace, { author })
    return { head: commit, saved: commit }
  }

  /** Leads the workspace to `committed`, and further by `more`, as one change. `undefined` when it is there already. */
  async lead(
    workspace: Workspace,
    committed: CommittedWorkspace,
    { commit, reason, asker, more = [] }: Lead,
  ): Promise<Change | undefined> {
    const operations = [...checkoutOperations(workspace, committed), ...more]
    if (operations.length === 0) return undefined
    const actor: Actor = { kind: "git", id: commit, name: "Git" }
    const cause = { actor, approver: asker.person, reason: reason.slice(0, 400), traceId: asker.traceId }
    return workspace.commit({ submission: createId("sub"), cause, operations })
  }
}

type Written = Pick<Workspace, "id" | "graph" | "seq">

export interface Lead {
  readonly commit: string
  readonly reason: string
  readonly asker: Asker
  readonly more?: readonly Operation[]
}

/** What is said of another branch's past is no news on this one. */
function isSwitch({ operations, workspace }: Change): boolean {
  return operations.some(
    (operation) =>
      operation.kind === "entity_set" && operation.id === workspace && operation.set?.[BRANCH_PROPERTY] !== undefined,
  )
}
