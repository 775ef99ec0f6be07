import { spawn } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { cacheFolder, debianNames, sideRoot } from "./installed.ts"

/**
 * Fills the side root with Debian 13's packages. The machine's own apt fetches them, with a state of its own, so that
 * signatures and checksums are checked as for any package of the machine, and nothing of the machine is changed.
 */
export type Fetched = { readonly ok: true; readonly folder: string } | { readonly ok: false; readonly why: string }

const SUITE = "trixie"
const PACKAGE = "libwasmedge0"
const MIRROR = "http://deb.debian.org/debian"
const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
const ONLY_MINE = 0o700

export async function fetchFromDebian(timeoutMs: number, log: (line: string) => void): Promise<Fetched> {
  const names = debianNames()
  const why = impossible(names)
  if (!names || why) return { ok: false, why }
  await mkdir(cacheFolder(), { recursive: true, mode: ONLY_MINE })
  const work = await mkdtemp(join(cacheFolder(), "fetch-"))
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const env = {
      ...process.env,
      APT_CONFIG: await configured(work, names.architecture),
      DEBIAN_FRONTEND: "noninteractive",
    }
    log(`fetching ${PACKAGE} of Debian 13 and what it needs, 42 MB …`)
    await run("apt-get", ["-qq", "update"], env, signal)
    await run("apt-get", ["-qq", "-y", "--download-only", "install", `${PACKAGE}:${names.architecture}`], env, signal)
    const root = join(work, "root")
    const archives = join(work, "cache/archives")
    for (const archive of await readdir(archives)) {
      if (archive.endsWith(".deb")) await run("dpkg-deb", ["-x", join(archives, archive), root], env, signal)
    }
    await rm(sideRoot(), { recursive: true, force: true })
    await rename(root, sideRoot())
    return { ok: true, folder: sideRoot() }
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

function impossible(names: object | undefined): string {
  if (!names) return `Debian has no packages for ${process.platform} on ${process.arch}.`
  const missing = ["/usr/bin/apt-get", "/usr/bin/dpkg-deb", KEYRING].find((file) => !existsSync(file))
  return missing ? `Debian's packages are fetched with apt and checked by its keys, and ${missing} is missing.` : ""
}

/** The configuration of an apt that knows this one source, and as installed nothing at all. */
async function configured(work: string, architecture: string): Promise<string> {
  for (const folder of ["state/lists/partial", "cache/archives/partial"]) {
    await mkdir(join(work, folder), { recursive: true })
  }
  await writeFile(join(work, "state/status"), "")
  await writeFile(join(work, "sources.list"), `deb [signed-by=${KEYRING}] ${mirror()} ${SUITE} main\n`)
  const settings = {
    "APT::Architecture": architecture,
    "APT::Architectures": architecture,
    "APT::Install-Recommends": "false",
    "APT::Sandbox::User": process.getuid?.() === 0 ? "root" : "",
    "Acquire::Languages": "none",
    "Acquire::Retries": "2",
    "Dir::State": join(work, "state"),
    "Dir::State::status": join(work, "state/status"),
    "Dir::Cache": join(work, "cache"),
    "Dir::Etc::SourceList": join(work, "sources.list"),
    "Dir::Etc::SourceParts": "/dev/null",
    "Dir::Etc::PreferencesParts": "/dev/null",
  }
  const file = join(work, "apt.conf")
  await writeFile(
    file,
    Object.entries(settings)
      .map(([name, value]) => `${name} "${value}";\n`)
      .join(""),
  )
  return file
}

/** The mirror that a Debian machine is set to use, else the one that is near everybody. */
function mirror(): string {
  try {
    if (!/^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"))) return MIRROR
    const sources = readFileSync("/etc/apt/sources.list.d/debian.sources", "utf8")
    return /^URIs:\s*(https?:\S+\/debian\/?)\s*$/m.exec(sources)?.[1] ?? MIRROR
  } catch {
    return MIRROR
  }
}

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<void> {
  const child = spawn(program, args, { env, signal, killSignal: "SIGKILL", stdio: ["ignore", "ignore", "pipe"] })
  let complaint = ""
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint += text
  })
  return new Promise((resolve, reject) => {
    child.on("error", () =>
      reject(new Error(signal.aborted ? `${program} took too long.` : `${program} does not run.`)),
    )
    child.on("close", (code) => {
      const last = complaint.trim().split("\n").at(-1) ?? ""
      if (code === 0) resolve()
      else reject(new Error(signal.aborted ? `${program} took too long.` : `${program} failed: ${last}`))
    })
  })
}
