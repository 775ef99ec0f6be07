import { expect, test } from "vitest"
import { withHttp } from "./with-http.ts"

const DAY = 24 * 60 * 60 * 1000
const codeOf = (url: string) => url.split("/#/invited/")[1] ?? ""

test("an invitation makes its person a member, once, and nobody else", async () => {
  const http = await withHttp()
  const [ada, bob, eve] = [await http.person("Ada"), await http.person("Bob"), await http.person("Eve")]
  const { body: workspace } = await ada.call("POST", "/workspaces", { name: "Home" })
  const path = `/workspaces/${workspace.id}/invitations`
  const made = await ada.call("POST", path, { email: "Bob@Example.org", role: "editor" })
  expect(made.body).toMatchObject({
    email: "bob@example.org",
    role: "editor",
    expiresAt: http.world.clock.now + 14 * DAY,
  })
  const code = codeOf(made.body.url)
  expect((await ada.call("GET", path)).body.invitations).toEqual([{ ...made.body, url: undefined }])
  const wrong = await eve.call("POST", `/invitations/${code}/accept`)
  expect([wrong.status, wrong.body.detail]).toEqual([403, expect.stringContaining("is for bob@example.org")])
  expect((await bob.call("POST", `/invitations/${code}/accept`)).body).toEqual({
    workspace: workspace.id,
    role: "editor",
  })
  expect((await bob.call("GET", `/workspaces/${workspace.id}`)).body.role).toBe("editor")
  expect((await bob.call("POST", `/invitations/${code}/accept`)).status).toBe(404)
  expect((await ada.call("GET", path)).body.invitations).toEqual([])
})

test("an invitation ends when it is taken back, when its time is over and when another is made for the address", async () => {
  const http = await withHttp()
  const [ada, bob] = [await http.person("Ada"), await http.person("Bob")]
  const { body: workspace } = await ada.call("POST", "/workspaces", { name: "Home" })
  const path = `/workspaces/${workspace.id}/invitations`
  const invite = async () =>
    (await ada.call("POST", path, { email: "bob@example.org", role: "viewer", expiresInDays: 1 })).body
  const [replaced, revoked] = [await invite(), await invite()]
  expect((await ada.call("DELETE", `${path}/${revoked.id}`)).status).toBe(204)
  const late = await invite()
  http.world.clock.now += DAY
  const { accessToken } = await http.world.accounts.issue(bob.id)
  for (const { url } of [replaced, revoked, late]) {
    expect((await http.personBy(accessToken).call("POST", `/invitations/${codeOf(url)}/accept`)).status).toBe(404)
  }
})

test("of ten who take one invitation at once, one is let in by it, and a higher role stays", async () => {
  const http = await withHttp()
  const [ada, bob] = [await http.person("Ada"), await http.person("Bob")]
  const { body: workspace } = await ada.call("POST", "/workspaces", { name: "Home" })
  const path = `/workspaces/${workspace.id}`
  await ada.call("PUT", `${path}/members/${bob.id}`, { role: "editor" })
  const { body } = await ada.call("POST", `${path}/invitations`, { email: "bob@example.org", role: "viewer" })
  const tries = Array.from({ length: 10 }, () => bob.call("POST", `/invitations/${codeOf(body.url)}/accept`))
  const statuses = (await Promise.all(tries)).map(({ status }) => status).sort()
  expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 404)])
  expect((await bob.call("GET", path)).body.role).toBe("editor")
})

test("only owners invite; the code is stored hashed and told once", async () => {
  const http = await withHttp()
  const [ada, bob] = [await http.person("Ada"), await http.person("Bob")]
  const { body: workspace } = await ada.call("POST", "/workspaces", { name: "Home" })
  await ada.call("PUT", `/workspaces/${workspace.id}/members/${bob.id}`, { role: "editor" })
  const path = `/workspaces/${workspace.id}/invitations`
  expect((await bob.call("POST", path, { email: "eve@example.org", role: "owner" })).status).toBe(403)
  const { body } = await ada.call("POST", path, { email: "eve@example.org", role: "viewer" })
  const rows = await http.world.database.invitation.findMany()
  const stored = JSON.stringify(rows, (_, value) => (typeof value === "bigint" ? Number(value) : value))
  expect(stored).not.toContain(codeOf(body.url))
  const { entries } = (await ada.call("GET", `/workspaces/${workspace.id}/audit`)).body
  expect(entries[0]).toMatchObject({ action: "invitation.created", target: body.id })
  expect(JSON.stringify(entries)).not.toContain("eve@example.org")
})
