import { NexusError, RefName } from "@nexus/protocol"
import type { RefMove, RefPlace, Version, VersionRef } from "../versions.ts"
import { type GitRepository, hex } from "./git-repository.ts"

/** The names of commits in one repository. A name becomes a ref only after it was checked; it moves by compare-and-set. */
const FOLDER = { branch: "refs/heads/", tag: "refs/tags/", remote: "refs/remotes/" } as const
const NOTHING = "0".repeat(40)

/** The full name of a ref; a name that could be something else is refused. */
export function refOf({ kind, name }: RefPlace): string {
  const parsed = RefName.safeParse(name)
  if (parsed.success) return `${FOLDER[kind]}${parsed.data}`
  const detail = parsed.error.issues[0]?.message ?? `this cannot be the name of a ${kind}`
  throw new NexusError({ code: "invalid-input", detail, path: "name" })
}

/** Every place where a ref that a person typed may stand, the likeliest first. */
export function namesOf(ref: string): readonly string[] {
  const name = RefName.safeParse(ref).success
  const id = /^[0-9a-f]{4,40}$/.test(ref)
  return [...(name ? Object.values(FOLDER).map((folder) => `${folder}${ref}`) : []), ...(id ? [ref] : [])]
}

export async function moveRef(repository: GitRepository, place: RefPlace, { before, after }: RefMove): Promise<void> {
  const ref = refOf(place)
  await repository.prepare()
  const from =
    before === undefined ? NOTHING : (place.kind === "tag" && (await tagObject(repository, ref))) || hex(before)
  const line = after === undefined ? `delete ${ref} ${from}` : `update ${ref} ${hex(after)} ${from}`
  const { code, stderr } = await repository.run(["update-ref", "--no-deref", "--stdin"], `start\n${line}\ncommit\n`)
  if (code === 0) return
  const now = await repository.firstCommit([ref])
  if (now === before) throw refusedMove(stderr)
  throw new NexusError({
    code: "conflict",
    detail: `The ${place.kind} ${place.name} has changed meanwhile. Try again.`,
  })
}

/** The id of a tag that is an object of its own, as other gits make them. */
async function tagObject(repository: GitRepository, ref: string): Promise<string | undefined> {
  const { stdout } = await repository.run(["cat-file", "--batch-check=%(objectname) %(objecttype)"], `${ref}\n`)
  const [id = "", type] = stdout.toString("utf8").trim().split(" ")
  return type === "tag" ? hex(id) : undefined
}

/** Why a ref did not move although it is as it was. */
export function refusedMove(stderr: string): NexusError {
  if (/cannot create|exists; cannot|there is a non-empty directory/.test(stderr)) {
    const detail =
      "A name that begins like this one exists already, and a branch cannot stand inside another. Choose another name."
    return new NexusError({ code: "conflict", detail })
  }
  const locked = /'([^']+\.lock)'/.exec(stderr)?.[1]
  const detail = locked
    ? `an interrupted commit left the lock ${locked}. Remove it when no git is running there, and commit again.`
    : "Git could not move the branch; is the disk full or read-only?"
  return new NexusError({ code: "unavailable", what: "Version history", detail })
}

const FIELDS = ["refname", "objectname", "*objectname", "contents:subject", "authorname", "committerdate:unix"]
const TAGGED = ["*contents:subject", "*authorname", "*committerdate:unix"]

export async function listRefs(repository: GitRepository): Promise<readonly VersionRef[]> {
  if (!repository.exists) return []
  const format = [...FIELDS, ...TAGGED].map((field) => `%(${field})`).join("%00")
  const listed = await repository.done("listed the branches", [
    "for-each-ref",
    "--sort=refname",
    `--format=${format}`,
    ...Object.values(FOLDER),
  ])
  return listed.split("\n").flatMap((line) => {
    const [ref = "", id = "", tagged, subject, author, at, ...of] = line.split("\0")
    const found = Object.entries(FOLDER).find(([, folder]) => ref.startsWith(folder))
    const kind = found?.[0]
    if (kind !== "branch" && kind !== "tag" && kind !== "remote") return []
    const name = ref.slice(FOLDER[kind].length)
    if (!RefName.safeParse(name).success) return []
    // A tag that another git made may be an object of its own, which points at the commit.
    const [message = "", by = "", seconds = "0"] = tagged ? of : [subject, author, at]
    return [{ kind, name, commit: tagged || id, message, author: by, atMs: Number(seconds) * 1000 }]
  })
}

const FORMAT = "%H%n%P%n%ct%n%an%n%B"

export async function listVersions(
  repository: GitRepository,
  from: string,
  { limit, skip, folder }: { readonly limit: number; readonly skip: number; readonly folder?: string | undefined },
): Promise<Version[]> {
  const window = [`--skip=${Math.trunc(skip)}`, `--max-count=${Math.trunc(limit)}`]
  const args = ["log", "-z", ...window, "--no-notes", `--format=${FORMAT}`]
  const listed = await repository.done("read the history", [
    ...args,
    "--end-of-options",
    hex(from),
    ...(folder === undefined ? [] : ["--", `:(literal)${folder}`]),
  ])
  return listed.split("\0").filter(Boolean).map(versionOf)
}

const TRAILERS = /(?:^|\n\n)((?:Nexus-Person: [^\n]*\n)*)Nexus-Seq: (\d+)$/

function versionOf(entry: string): Version {
  const [id = "", parents = "", seconds = "0", author = "", ...body] = entry.split("\n")
  const text = body.join("\n").trim()
  const trailer = TRAILERS.exec(text)
  const message = trailer ? text.slice(0, trailer.index).trim() : text
  const seq = trailer?.[2] === undefined ? {} : { seq: Number(trailer[2]) }
  const named = [...(trailer?.[1] ?? "").matchAll(/^Nexus-Person: (.*)$/gm)].map(([, name = ""]) => name)
  const persons = named.length > 0 ? { persons: named } : {}
  const atMs = Number(seconds) * 1000
  return { id, message, author, atMs, parents: parents.split(" ").filter(Boolean), ...persons, ...seq }
}
