import { expect, test } from "vitest"
import { withHttp } from "./with-http.ts"

test("everything kept about an account is given to its person, and no secret with it", async () => {
  const http = await withHttp()
  const ada = await http.person("Ada")
  const { body: workspace } = await ada.call("POST", "/workspaces", { name: "Home" })
  const { body: key } = await ada.call("POST", "/auth/keys", { name: "Robot", scope: "read" })
  const given = await ada.call("GET", "/auth/me/export")
  const everything = JSON.parse(given.body)
  expect(everything).toMatchObject({
    account: { id: ada.id, name: "Ada", email: "ada@example.org" },
    memberships: [{ workspace: workspace.id, role: "owner" }],
    keys: [{ name: "Robot", scope: "read" }],
  })
  expect(everything.audit.map(({ action }: { action: string }) => action)).toContain("account.exported")
  for (const secret of [key.key, ada.token, "Ada has a password", "argon2"]) expect(given.body).not.toContain(secret)
})

test("an erased account is gone with what only it was in; what others are in stays, and the log still holds", async () => {
  const http = await withHttp()
  const [ada, eve] = [await http.person("Ada"), await http.person("Eve")]
  const { body: alone } = await eve.call("POST", "/workspaces", { name: "Alone" })
  const { body: shared } = await ada.call("POST", "/workspaces", { name: "Shared" })
  await ada.call("PUT", `/workspaces/${shared.id}/members/${eve.id}`, { role: "editor" })
  const erase = (confirm: string, password: string) => eve.call("POST", "/auth/me/erase", { confirm, password })
  expect((await erase("eve", "Eve has a password")).body.detail).toContain('Type your name, "Eve"')
  expect((await erase("Eve", "a wrong password")).body.code).toBe("invalid-input")
  expect((await erase("Eve", "Eve has a password")).status).toBe(204)

  expect((await eve.call("GET", "/auth/me")).status).toBe(401)
  await expect(
    http.world.accounts.login({ email: "eve@example.org", password: "Eve has a password" }),
  ).rejects.toThrow()
  expect(await http.world.accounts.workspaces()).not.toContain(alone.id)
  const { body: members } = await ada.call("GET", `/workspaces/${shared.id}/members`)
  expect(members.members).toHaveLength(1)
  const rows = await http.world.database.auditEntry.findMany({ where: { actor: eve.id } })
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.every(({ personal }) => personal === null)).toBe(true)
  const { body: log } = await ada.call("GET", `/workspaces/${shared.id}/audit`)
  expect(JSON.stringify(log)).not.toContain("Eve")
})

test("the last owner of a workspace that others are in hands it over before they go", async () => {
  const http = await withHttp()
  const [ada, eve] = [await http.person("Ada"), await http.person("Eve")]
  const { body: shared } = await ada.call("POST", "/workspaces", { name: "Shared" })
  await ada.call("PUT", `/workspaces/${shared.id}/members/${eve.id}`, { role: "editor" })
  const erase = () => ada.call("POST", "/auth/me/erase", { confirm: "Ada", password: "Ada has a password" })
  const refused = await erase()
  expect([refused.status, refused.body.detail]).toEqual([
    409,
    'You are the last owner of "Shared", and others are in it. Make somebody else its owner first.',
  ])
  await ada.call("PUT", `/workspaces/${shared.id}/members/${eve.id}`, { role: "owner" })
  expect((await erase()).status).toBe(204)
})
