import { type BranchesAnswer, type Change, type Graph, NexusError, type Operation, RefName } from "@nexus/protocol"
import type { RefPlace, VersionRef } from "../storage/versions.ts"
import { branchOf, MAIN } from "./branch-of.ts"
import type { Asker, VersionWork } from "./version-work.ts"
import { BRANCH_PROPERTY } from "./workspace-files.ts"

/** Lines of commits and names of single ones. A switch is a change; making and forgetting names changes no workspace. */
export interface Branches {
  list(workspace: string): Promise<BranchesAnswer>
  /** Without `from` at the head of the workspace's branch; before the first commit that one is made. */
  create(workspace: string, place: RefPlace, from: string | undefined, asker: Asker): Promise<Named>
  /** Begins a branch with one commit on top of the workspace's own: the workspace as it was in `past`. */
  createPast(workspace: string, name: string, past: Past, asker: Asker): Promise<Named>
  remove(workspace: string, place: RefPlace): Promise<Named>
  switchTo(workspace: string, branch: string, asker: Asker): Promise<Switched>
}

export interface Named {
  readonly name: string
  readonly commit: string
}

/** The workspace at another instant. */
export interface Past {
  readonly graph: Graph
  readonly seq: number
  readonly atMs: number
}

export interface Switched {
  readonly branch: string
  readonly commit: string
  readonly saved?: string
  readonly change?: Change
}

/** How often a switch begins anew because somebody changed something while it was prepared. */
const TRIES = 5

export function createBranches(work: VersionWork): Branches {
  const { versions } = work
  const begin = async (id: string, place: RefPlace, commit: string) => {
    if ((await versions.refs(id)).some(({ kind, name }) => kind === place.kind && name === place.name)) {
      const detail = `There is a ${place.kind} ${place.name} already. Choose another name, or delete that one first.`
      throw new NexusError({ code: "conflict", detail })
    }
    await versions.moveRef(id, place, { before: undefined, after: commit })
  }
  return {
    list: (id) =>
      work.turn(id, async (workspace) => {
        const { branch, head } = await work.standsOn(workspace)
        const refs = await versions.refs(id)
        const of = (kind: RefPlace["kind"]) => refs.filter((ref) => ref.kind === kind).map(named)
        const unsaved = await work.differs(workspace, head)
        return { current: branch, unsaved, branches: of("branch"), tags: of("tag"), remote: of("remote") }
      }),

    create: (id, place, from, { person }) =>
      work.turn(id, async (workspace) => {
        const { head } = await work.standsOn(workspace)
        const commit = from
          ? await versions.resolve(id, from)
          : (head ?? (await work.save(workspace, person.name)).head)
        await begin(id, place, commit)
        return { name: place.name, commit }
      }),

    createPast: (id, name, { graph, seq, atMs }, { person }) =>
      work.turn(id, async (workspace) => {
        const parent = (await work.standsOn(workspace)).head ?? (await work.save(workspace, person.name)).head
        await begin(id, { kind: "branch", name }, parent)
        if (!(await work.differs({ id, graph }, parent))) return { name, commit: parent }
        const message = `As it was on ${new Date(atMs).toISOString().slice(0, 19).replace("T", " ")} UTC`
        const commit = await work.commitFiles(
          { id, graph, seq },
          { branch: name, parent, message, author: person.name },
        )
        return { name, commit }
      }),

    remove: (id, place) =>
      work.turn(id, async (workspace) => {
        if (place.kind === "branch" && (place.name === MAIN || place.name === branchOf(workspace.graph, id))) {
          const detail =
            place.name === MAIN
              ? "The branch main stays: everything began on it."
              : "The workspace is on this branch. Switch to another one, then delete it."
          throw new NexusError({ code: "conflict", detail })
        }
        const found = (await versions.refs(id)).find(({ kind, name }) => kind === place.kind && name === place.name)
        if (!found) throw new NexusError({ code: "not-found", what: place.kind, id: place.name })
        await versions.moveRef(id, place, { before: found.commit, after: undefined })
        return { name: place.name, commit: found.commit }
      }),

    switchTo: (id, branch, asker) =>
      work.turn(id, async (workspace) => {
        const commit = await versions.head(id, branch)
        if (!RefName.safeParse(branch).success || commit === undefined) {
          throw new NexusError({ code: "not-found", what: "branch", id: branch })
        }
        const before = branchOf(workspace.graph, id)
        if (before === branch) return { branch, commit }
        const more: Operation[] = [{ kind: "entity_set", id, set: { [BRANCH_PROPERTY]: branch } }]
        const committed = await work.read(id, commit)
        let saved: string | undefined
        for (let tries = 0; tries < TRIES; tries += 1) {
          const { seq } = workspace
          saved = (await work.save(workspace, asker.person.name)).saved ?? saved
          // What somebody changed while the commit was written is not in it.
          if (workspace.seq !== seq) continue
          const reason = `switched from ${before} to ${branch}`
          const change = await work.lead(workspace, committed, { commit, reason, asker, more })
          return { branch, commit, ...(saved ? { saved } : {}), ...(change ? { change } : {}) }
        }
        const detail = "The workspace changes too fast to be switched now. Try again in a moment."
        throw new NexusError({ code: "conflict", detail })
      }),
  }
}

function named({ name, commit, message, author, atMs }: VersionRef) {
  return { name, commit, message, author, at: atMs }
}
