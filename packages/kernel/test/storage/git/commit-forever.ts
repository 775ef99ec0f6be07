import { createGitVersions } from "../../../src/storage/git/git-versions.ts"

/** Commits until it is killed, and says each commit that was acknowledged: `node commit-forever.ts DIR`. */
const [dir = ""] = process.argv.slice(2)
const versions = createGitVersions({ dir, env: process.env })
for (let round = 1; ; round += 1) {
  const parent = await versions.head("ws_1")
  const seq = round
  const panels = Array.from({ length: 150 }, (_, panel): [string, string] => {
    return [`panels/p${panel}/state.json`, `${process.pid} ${round} of ${panel}\n`]
  })
  const id = await versions.commit("ws_1", {
    parent,
    files: new Map(panels),
    message: "Again",
    author: "Ada",
    atMs: Date.now(),
    seq,
  })
  process.stdout.write(`${id}\n`)
}
