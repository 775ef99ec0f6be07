import { hasProgram, runCommand } from "./run-command.ts"

// `npm start`: build what is not built yet, then run the whole system on this machine.

if (!hasProgram("git")) {
  console.error("Git is not installed, so versions are off; everything else works. On Debian: apt-get install git")
}
const built = await runCommand("turbo", ["run", "build", "--output-logs=errors-only", "--log-order=grouped"])
if (built !== 0) process.exit(built)
process.exit(await runCommand("node", ["apps/cli/bin/nexus.js", "serve", ...process.argv.slice(2)]))
