import { execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { chownSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { connect, Socket } from "node:net"
import { devNull, tmpdir, userInfo } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { freePort } from "./free-port.ts"
import { unprivileged } from "./unprivileged.ts"

/**
 * An ssh server of one's own, from Debian's package: on a free port of this machine, with a host key of its own, and open
 * to the keys it is told, each of which may do nothing but let git read and write repositories. It runs as nobody
 * privileged and ends with whoever started it, as the private PostgreSQL does.
 */
export interface PrivateSshd {
  /** `ssh://user@127.0.0.1:port`, followed by the path of a repository. */
  readonly origin: string
  /** `SHA256:…` of the key it shows now. */
  readonly fingerprint: () => string
  /** Makes an empty bare repository and gives its path. */
  addRepository(name: string): string
  /** Lets whoever holds this key in, and nobody else. */
  authorize(publicKey: string): void
  /** Starts again on the same port, with another host key. */
  changeHostKey(): Promise<void>
  /** What it logged. */
  log(): string
  close(): Promise<void>
}

const READY_WITHIN_MS = 10_000
/** Stops the server when stdin closes, and takes its folder away when that is all. */
const KEEPER = `"$@" 2>>log & read _; kill $!; wait $!`

export async function startPrivateSshd(): Promise<PrivateSshd> {
  const sshd = ["/usr/sbin/sshd", "/usr/local/sbin/sshd"].find((path) => existsSync(path))
  if (sshd === undefined) throw new Error("there is no sshd here. On Debian: sudo apt-get install openssh-server")
  const who = unprivileged()
  const folder = mkdtempSync(join(tmpdir(), "nexus-sshd-"))
  if (who.uid !== undefined && who.gid !== undefined) chownSync(folder, who.uid, who.gid)
  const run = (command: string, ...args: string[]): string => {
    const env = { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: "1" }
    return execFileSync(command, args, {
      ...who,
      cwd: folder,
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    })
  }
  const port = await freePort()
  const [hostKey, authorized, log] = ["host_key", "authorized_keys", "log"].map((name) => join(folder, name))
  if (!hostKey || !authorized || !log) throw new Error("no names")
  writeFileSync(authorized, "", { mode: 0o644 })
  const settings = {
    ListenAddress: `127.0.0.1:${port}`,
    HostKey: hostKey,
    AuthorizedKeysFile: authorized,
    PidFile: "none",
    // The folder of temporary files may be written by everybody.
    StrictModes: "no",
    UsePAM: "no",
    PasswordAuthentication: "no",
    KbdInteractiveAuthentication: "no",
    PubkeyAuthentication: "yes",
    DisableForwarding: "yes",
    PermitTTY: "no",
    LogLevel: "VERBOSE",
  }
  const config = join(folder, "config")
  writeFileSync(
    config,
    Object.entries(settings)
      .map(([name, value]) => `${name} ${value}\n`)
      .join(""),
  )

  const start = async () => {
    run("rm", "-f", hostKey, `${hostKey}.pub`)
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", hostKey)
    const keeper = spawn("/bin/sh", ["-c", KEEPER, "sh", sshd, "-D", "-e", "-f", config], {
      ...who,
      cwd: folder,
      env: { PATH: process.env.PATH },
      stdio: ["pipe", "ignore", "ignore"],
    })
    // Whoever forgets to close it may end all the same.
    keeper.unref()
    if (keeper.stdin instanceof Socket) keeper.stdin.unref()
    const end = performance.now() + READY_WITHIN_MS
    while (!(await answers(port))) {
      if (keeper.exitCode !== null || performance.now() > end) {
        throw new Error(`sshd did not start: ${existsSync(log) ? readFileSync(log, "utf8") : ""}`)
      }
      await wait(20)
    }
    return async () => {
      keeper.ref()
      keeper.stdin.end()
      if (keeper.exitCode === null) await once(keeper, "exit")
    }
  }
  let stop = await start()
  const user =
    who.uid === undefined ? userInfo().username : execFileSync("id", ["-nu", `${who.uid}`], { encoding: "utf8" })
  return {
    origin: `ssh://${user.trim()}@127.0.0.1:${port}`,
    fingerprint: () => run("ssh-keygen", "-l", "-E", "sha256", "-f", `${hostKey}.pub`).split(" ")[1] ?? "",
    addRepository(name) {
      const path = join(folder, name)
      run("git", "init", "--quiet", "--bare", "--initial-branch=main", path)
      return path
    },
    authorize(publicKey) {
      writeFileSync(authorized, `restrict,command="git-shell -c \\"$SSH_ORIGINAL_COMMAND\\"" ${publicKey}\n`)
    },
    async changeHostKey() {
      await stop()
      stop = await start()
    },
    log: () => readFileSync(log, "utf8"),
    async close() {
      await stop()
      run("rm", "-rf", folder)
    },
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1")
    socket.once("data", () => {
      socket.destroy()
      resolve(true)
    })
    socket.once("error", () => resolve(false))
  })
}
