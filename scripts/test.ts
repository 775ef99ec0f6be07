import { existsSync } from "node:fs"
import { hasProgram, runCommand } from "./run-command.ts"

// `npm test`: bring what the tests need beyond npm, build the studio, run every test.

/** Debian's packages that the tests use, by the program each brings. */
const NEEDED = { git: "git", chromium: "chromium", gcc: "gcc", gencat: "libc6-dev" } as const

const packages: string[] = Object.entries(NEEDED).flatMap(([program, name]) => (hasProgram(program) ? [] : name))
// Debian keeps the programs of servers beside the PATH.
if (!existsSync("/usr/lib/postgresql")) packages.push("postgresql")
if (!existsSync("/usr/sbin/sshd")) packages.push("openssh-server")
if (packages.length > 0) {
  const mayInstall = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")
  if (!mayInstall) {
    console.error(`The tests need ${packages.join(" and ")}. On Debian: sudo apt-get install ${packages.join(" ")}`)
    process.exit(1)
  }
  console.log(`Installing ${packages.join(", ")} with apt …`)
  const env = { DEBIAN_FRONTEND: "noninteractive" }
  await runCommand("apt-get", ["update", "-qq"], env)
  const installed = await runCommand("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], env)
  if (installed !== 0) process.exit(installed)
}

const built = await runCommand("turbo", ["run", "build", "--output-logs=errors-only", "--log-order=grouped"])
if (built !== 0) process.exit(built)
process.exit(await runCommand("vitest", ["run", ...process.argv.slice(2)]))
