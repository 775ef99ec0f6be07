import { existsSync, readdirSync } from "node:fs"
import { resolve } from "node:path"
import { parseArgs } from "node:util"
import { root } from "./run-command.ts"

// `npm run fuzz -- <what> --seed N --rounds N`: one round a seed, from N upwards. A failure prints its seed, and
// `--seed` of it with `--rounds 1` does it again.

/** `ended` says what was seen besides failures, and closes what was opened. */
interface Fuzz {
  round(seed: number): void | Promise<void>
  ended?(): Promise<string>
}

const folders = ["kernel", "reactor", "wasm-bridge"].map((name) => resolve(root, "packages", name, "fuzz"))
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: "string", default: "1" }, rounds: { type: "string", default: "10000" } },
})
const [what = ""] = positionals
const file = folders.map((folder) => resolve(folder, `${what}.ts`)).find((path) => existsSync(path))
if (!/^[a-z]+$/.test(what) || what === "fuzz" || !file) {
  const files = folders.flatMap((folder) => readdirSync(folder)).filter((name) => name.endsWith(".ts"))
  const known = files.map((name) => name.replace(/\.ts$/, ""))
  console.error(`Say what to fuzz: ${known.filter((name) => name !== "fuzz").join(", ")}.`)
  process.exit(2)
}
const { fuzz }: { fuzz: Fuzz } = await import(file)
const from = Number(values.seed)
const rounds = Number(values.rounds)
const startedMs = performance.now()
let failures = 0
for (let seed = from; seed < from + rounds; seed += 1) {
  try {
    await fuzz.round(seed)
  } catch (error) {
    failures += 1
    console.error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`)
    if (failures === 10) break
  }
  const done = seed - from + 1
  if (done % Math.max(1, Math.floor(rounds / 10)) === 0) console.log(`${done} of ${rounds}, ${failures} failed`)
}
if (fuzz.ended) console.log(await fuzz.ended())
const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
console.log(`${what}: ${rounds} rounds from seed ${from} in ${seconds} s, ${failures} failed`)
process.exit(failures === 0 ? 0 : 1)
