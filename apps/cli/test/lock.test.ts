import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"

interface Locked {
  readonly resolved?: string
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const file = fileURLToPath(new URL("../../../package-lock.json", import.meta.url))
const { packages }: { packages: Readonly<Record<string, Locked>> } = JSON.parse(readFileSync(file, "utf8"))

/** Where Node would find `name` from the package at `path`, by the lock file. */
function isLocked(path: string, name: string): boolean {
  for (let base = path; ; base = base.slice(0, Math.max(0, base.lastIndexOf("/node_modules/")))) {
    if (`${base}${base && "/"}node_modules/${name}` in packages) return true
    if (base === "") return false
  }
}

test("the lock file holds the packages of every platform, without which npm ci refuses it", () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(path, name)),
  )
  expect(missing).toEqual([])
})

test("the lock file names no registry", () => {
  const hosts = Object.values(packages).flatMap(({ resolved = "" }) => (resolved.startsWith("http") ? [resolved] : []))
  expect(hosts).toEqual([])
})
