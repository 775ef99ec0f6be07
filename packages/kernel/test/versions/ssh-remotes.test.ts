import { execFileSync } from "node:child_process"
import { existsSync } from "node:fs"
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest"
import { type PrivateSshd, startPrivateSshd } from "../../acceptance/private-sshd.ts"
import { createSshAccess, type SshAccessOptions } from "../../src/storage/git/ssh-access.ts"
import { runSshTool } from "../../src/storage/git/ssh-tools.ts"
import { withHttp } from "../gateway/with-http.ts"
import { versionDesk } from "./version-desk.ts"

/** Push and pull by a real ssh server, which knows the kernel by its key and is known by its own. */
let sshd: PrivateSshd
beforeAll(async () => {
  sshd = await startPrivateSshd()
})
afterAll(() => sshd.close())

let made = 0

/** A desk that may reach the server's repositories, one of which is empty and its own. */
async function deskWithSsh(more: Partial<SshAccessOptions> = {}) {
  const dir = await mkdtemp(join(tmpdir(), "nexus-ssh-test-"))
  onTestFinished(() => rm(dir, { recursive: true }))
  made += 1
  const path = sshd.addRepository(`home${made}.git`)
  const url = `${sshd.origin}${path}`
  const ssh = createSshAccess({ dir: join(dir, "ssh"), env: process.env, ...more })
  const desk = await versionDesk(await withHttp({}, {}, { opened: [sshd.origin.concat("/tmp/")], ssh }))
  const name = (fingerprint?: string, at = url) =>
    desk.ada.call("PUT", "/workspace/remotes/origin", { workspace: desk.id, url: at, fingerprint })
  const keys = () => desk.ada.call("GET", `/git/host-keys?${new URLSearchParams({ url })}`)
  return { ...desk, dir, path, url, ssh, name, keys }
}

/** What stands in a repository of the server, seen with nobody's rights but the reader's. */
function log(path: string): string {
  const args = ["-c", `safe.directory=${path}`, "--git-dir", path, "log", "--format=%H %s", "main"]
  return execFileSync("git", args, { encoding: "utf8", env: { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: "1" } })
}

test("a workspace is pushed by ssh with the key the kernel made, pulled from there, and imported", {
  timeout: 60_000,
}, async () => {
  const { ada, world, get, post, set, state, panel, name, url, path, keys, dir } = await deskWithSsh()
  const { body: before } = await get("remotes")
  expect(before).toMatchObject({ transports: ["ssh"], publicKey: expect.stringMatching(/^ssh-ed25519 \S+ nexus$/) })
  sshd.authorize(before.publicKey)
  const [shown] = (await keys()).body.keys
  expect(shown).toEqual({ kind: "ssh-ed25519", fingerprint: sshd.fingerprint() })
  expect((await name(shown.fingerprint)).body).toEqual({ name: "origin", url, fingerprint: shown.fingerprint })
  const { body: first } = await post("commit", { message: "First" })
  expect((await post("push", { remote: "origin" })).body).toEqual({ branch: "main", commit: first.commit })
  expect(log(path)).toBe(`${first.commit} First\n`)

  const { fingerprint } = shown
  const { body: copy } = await ada.call("POST", "/workspaces/import", { name: "Copy", url, fingerprint })
  const other = await world.workspaces.open(copy.id)
  await set("count", 6)
  await post("commit", { message: "Second" })
  await post("push", { remote: "origin" })
  await ada.call("PUT", "/workspace/remotes/origin", { workspace: copy.id, url, fingerprint })
  const pulled = await ada.call("POST", "/workspace/pull", { workspace: copy.id, remote: "origin" })
  expect(pulled.body.status).toBe("merged")
  expect(other.graph.panel(panel)?.properties.state.count).toBe(6)
  expect(state()?.count).toBe(6)
  expect((await stat(join(dir, "ssh", "id_ed25519"))).mode & 0o777).toBe(0o600)
  expect((await stat(join(dir, "ssh"))).mode & 0o777).toBe(0o700)
})

test("a host that nobody has accepted is not reached, nor is one under a fingerprint it does not show", async () => {
  const { name, get, post, ada, url } = await deskWithSsh()
  expect((await name()).body).toMatchObject({ code: "conflict", detail: expect.stringContaining("not known yet") })
  const wrong = `SHA256:${"a".repeat(43)}`
  expect((await name(wrong)).body).toMatchObject({ code: "conflict", detail: expect.stringContaining(wrong) })
  expect((await ada.call("POST", "/workspaces/import", { name: "Copy", url })).status).toBe(409)
  expect((await get("remotes")).body.remotes).toEqual([])
  expect((await post("push", { remote: "origin" })).status).toBe(404)
})

test("a host that shows another key than was accepted is refused before anything is sent", {
  timeout: 60_000,
}, async () => {
  const { name, post, get, path } = await deskWithSsh()
  sshd.authorize((await get("remotes")).body.publicKey)
  const accepted = sshd.fingerprint()
  await name(accepted)
  await post("commit", { message: "First" })
  await post("push", { remote: "origin" })
  await sshd.changeHostKey()
  const logged = sshd.log().length
  await post("commit", { message: "Second" }).then(() => undefined)
  for (const act of ["push", "pull"]) {
    const { status, body } = await post(act, { remote: "origin" })
    expect([status, body.code]).toEqual([403, "forbidden"])
    expect(body.detail).toContain(`shows another key than ${accepted}`)
    expect(body.detail).toContain("Nothing was sent")
  }
  expect(sshd.log().slice(logged)).not.toContain("Accepted publickey")
  expect(log(path).split("\n").filter(Boolean)).toHaveLength(1)
  await name(sshd.fingerprint())
  expect((await post("push", { remote: "origin" })).status).toBe(200)
})

test("a key that the host does not know is told in words, with the public key to give it", {
  timeout: 60_000,
}, async () => {
  const { name, post, get } = await deskWithSsh()
  await name(sshd.fingerprint())
  await post("commit", { message: "First" })
  const { body } = await post("push", { remote: "origin" })
  expect(body.code).toBe("unavailable")
  expect(body.detail).toContain("does not know this kernel's key")
  const { publicKey } = (await get("remotes")).body
  sshd.authorize(publicKey)
  expect((await post("push", { remote: "origin" })).status).toBe(200)
})

test("the operator's key and known hosts stand above everybody's: nothing is asked, and another key is no way in", {
  timeout: 60_000,
}, async () => {
  const dir = await mkdtemp(join(tmpdir(), "nexus-ssh-given-"))
  onTestFinished(() => rm(dir, { recursive: true }))
  const [keyFile, knownHostsFile] = [join(dir, "key"), join(dir, "known hosts")]
  await runSshTool(
    "ssh-keygen",
    ["-q", "-t", "ed25519", "-N", "", "-C", "someone@somewhere", "-f", keyFile],
    process.env,
  )
  const { hostname, port } = new URL(sshd.origin)
  const { stdout: scanned } = await runSshTool("ssh-keyscan", ["-t", "ed25519", "-p", port, hostname], process.env)
  await writeFile(knownHostsFile, scanned)
  const { name, post, get, keys, dir: own } = await deskWithSsh({ keyFile, knownHostsFile })
  expect((await keys()).body.keys).toEqual([])
  const { publicKey } = (await get("remotes")).body
  expect(publicKey).toBe((await readFile(`${keyFile}.pub`, "utf8")).trim().replace("someone@somewhere", "nexus"))
  sshd.authorize(publicKey)
  expect((await name()).status).toBe(200)
  await post("commit", { message: "First" })
  expect((await post("push", { remote: "origin" })).status).toBe(200)
  expect(existsSync(join(own, "ssh"))).toBe(false)
  const other = scanned.replace(/AAAA\S+/, (await readFile(`${keyFile}.pub`, "utf8")).split(" ")[1] ?? "")
  await writeFile(knownHostsFile, other)
  expect((await post("push", { remote: "origin" })).body).toMatchObject({ code: "forbidden" })
})

test("what ssh is told on the machine, by an agent or by its environment is not heard", {
  timeout: 60_000,
}, async () => {
  const home = await mkdtemp(join(tmpdir(), "nexus-ssh-home-"))
  onTestFinished(() => rm(home, { recursive: true }))
  const owned = join(home, "owned")
  const script = join(home, "ssh")
  await writeFile(script, `#!/bin/sh\ntouch ${owned}\n`, { mode: 0o755 })
  const env = {
    ...process.env,
    HOME: home,
    GIT_SSH: script,
    GIT_SSH_COMMAND: script,
    SSH_ASKPASS: script,
    SSH_ASKPASS_REQUIRE: "force",
    GIT_PROXY_COMMAND: script,
    SSH_AUTH_SOCK: join(home, "agent"),
  }
  const { name, post, get } = await deskWithSsh({ env })
  sshd.authorize((await get("remotes")).body.publicKey)
  await name(sshd.fingerprint())
  await post("commit", { message: "First" })
  expect((await post("push", { remote: "origin" })).status).toBe(200)
  expect(existsSync(owned)).toBe(false)
})

test("no part of the private key is in an answer, a change, a log or what is left behind", {
  timeout: 60_000,
}, async () => {
  const before = (await readdir(tmpdir())).filter((entry) => /^nexus-ssh-[A-Za-z0-9]{6}$/.test(entry))
  const { name, post, get, dir, workspace, world, keys } = await deskWithSsh()
  const answers = [await get("remotes"), await keys(), await name(sshd.fingerprint())]
  await post("commit", { message: "First" })
  answers.push(await post("push", { remote: "origin" }))
  const changes = await workspace.changes(0, 100)
  const secret = (await readFile(join(dir, "ssh", "id_ed25519"), "utf8")).split("\n").slice(1, -2)
  const said = JSON.stringify([answers.map(({ body }) => body), changes, world.logged]) + sshd.log()
  expect(secret.length).toBeGreaterThan(3)
  // The first lines hold the public half, which is told.
  for (const line of secret.slice(3)) expect(said).not.toContain(line)
  expect(said).not.toContain("PRIVATE KEY")
  const after = (await readdir(tmpdir())).filter((entry) => /^nexus-ssh-[A-Za-z0-9]{6}$/.test(entry))
  expect(after).toEqual(before)
})
