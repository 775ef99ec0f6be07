import { expect, test } from "vitest"
import { type Person, withHttp } from "./with-http.ts"

async function home(owner: Person): Promise<string> {
  return (await owner.call("POST", "/workspaces", { name: "Home" })).body.id
}

const actions = ({ body }: { body: { entries: { action: string }[] } }) => body.entries.map(({ action }) => action)

test("roles, links, limits and what becomes of a workspace are written down, for its owners to read", async () => {
  const http = await withHttp()
  const [ada, eve] = [await http.person("Ada"), await http.person("Eve")]
  const id = await home(ada)
  const { body: share } = await ada.call("POST", `/workspaces/${id}/shares`, { role: "viewer" })
  await eve.call("POST", `/shares/${share.code}/join`)
  await ada.call("DELETE", `/workspaces/${id}/shares/${share.id}`)
  await ada.call("PUT", `/workspaces/${id}/members/${eve.id}`, { role: "editor" })
  await ada.call("PUT", `/workspaces/${id}/limits`, { limits: { cpuMs: 100 } })
  await eve.call("DELETE", `/workspaces/${id}/members/${eve.id}`)
  const log = await ada.call("GET", `/workspaces/${id}/audit`)
  expect(actions(log)).toEqual([
    "member.removed",
    "workspace.limits-set",
    "member.role-set",
    "share.revoked",
    "share.joined",
    "share.created",
    "workspace.created",
  ])
  expect(log.body.entries[0]).toMatchObject({
    actor: { id: eve.id, name: "Eve" },
    target: eve.id,
    address: "127.0.0.1",
  })
  expect(log.body.entries[2]).toMatchObject({ actor: { id: ada.id }, target: eve.id, detail: { role: "editor" } })
  const some = await ada.call("GET", `/workspaces/${id}/audit?action=share.joined`)
  expect(actions(some)).toEqual(["share.joined"])
})

test("only an owner reads a workspace's log; everybody reads their own", async () => {
  const http = await withHttp()
  const [ada, eve] = [await http.person("Ada"), await http.person("Eve")]
  const id = await home(ada)
  await ada.call("PUT", `/workspaces/${id}/members/${eve.id}`, { role: "editor" })
  for (const path of [`/workspaces/${id}/audit`, `/workspaces/${id}/audit/export`])
    expect((await eve.call("GET", path)).status, path).toBe(403)
  const own = async (person: Person) =>
    actions(await person.call("GET", "/auth/me/audit")).filter((action) => /^(member|workspace)/.test(action))
  expect(await own(eve)).toEqual(["member.role-set"])
  expect(await own(ada)).toEqual(["member.role-set", "workspace.created"])
})

test("a workspace's log is asked by kind, by person and by time", async () => {
  const http = await withHttp()
  const [ada, eve] = [await http.person("Ada"), await http.person("Eve")]
  const id = await home(ada)
  const start = http.world.clock.now
  await ada.call("PUT", `/workspaces/${id}/members/${eve.id}`, { role: "owner" })
  http.world.clock.now += 60_000
  await eve.call("PUT", `/workspaces/${id}/members/${ada.id}`, { role: "editor" })
  const asked = async (query: string) => actions(await eve.call("GET", `/workspaces/${id}/audit?${query}`))
  expect(await asked(`since=${start + 1}`)).toEqual(["member.role-set"])
  expect(await asked(`until=${start + 1}`)).toEqual(["member.role-set", "workspace.created"])
  expect(await asked(`actor=${ada.id}&action=member.role-set`)).toEqual(["member.role-set"])
  expect(await asked(`actor=${ada.id}&since=${start + 1}`)).toEqual([])
  expect((await eve.call("GET", `/workspaces/${id}/audit?since=1e30`)).status).toBe(422)
})

test("only who owns the installation has the log verified", async () => {
  const http = await withHttp()
  const ada = await http.person("Ada")
  await home(ada)
  const refused = await ada.call("GET", "/audit/verify")
  expect([refused.status, refused.body.code]).toEqual([403, "forbidden"])
  const owner = await http.world.accounts.localOwner()
  const { accessToken } = await http.world.accounts.issue(owner.id)
  const verify = (query = "") =>
    fetch(`${http.url}/api/v1/audit/verify${query}`, { headers: { authorization: `Bearer ${accessToken}` } }).then(
      (answer) => answer.json(),
    )
  const verdict = await verify()
  expect(verdict).toMatchObject({ ok: true, entries: verdict.head.n })
  expect(await verify(`?n=${verdict.head.n}&hash=${verdict.head.hash}`)).toMatchObject({ ok: true })
  expect(await verify(`?n=1&hash=${"0".repeat(64)}`)).toMatchObject({ ok: false, broken: { n: 1 } })
})

test("a log is exported as JSON lines and as CSV, oldest first, with the head it reached", async () => {
  const http = await withHttp()
  const ada = await http.person("Ada")
  const id = await home(ada)
  const json = await ada.call("GET", `/workspaces/${id}/audit/export`)
  const lines = json.body
    .trim()
    .split("\n")
    .map((line: string) => JSON.parse(line))
  expect(lines.map(({ action }: { action: string }) => action)).toEqual(["workspace.created", "audit.exported"])
  expect(json.headers.get("x-audit-head")).toBe(`${lines[1].n}:${lines[1].hash}`)
  const csv = await ada.call("GET", `/workspaces/${id}/audit/export?format=csv`)
  expect(csv.headers.get("content-type")).toContain("text/csv")
  expect(csv.headers.get("content-disposition")).toBe(`attachment; filename=audit-${id}.csv`)
  const [header, first] = csv.body.split("\r\n")
  expect(header).toBe("n,time,action,actor,name,workspace,target,detail,address,hash")
  expect(first).toBe(
    `${lines[0].n},2026-01-01T00:00:00.000Z,workspace.created,${ada.id},Ada,${id},,,127.0.0.1,${lines[0].hash}`,
  )
})

test("a name that a table program would run is text in the CSV", async () => {
  const http = await withHttp()
  const ada = await http.person("Ada")
  await http.world.accounts.rename(ada.id, '=cmd|"/c calc"!A1')
  const id = await home(ada)
  const csv = await ada.call("GET", `/workspaces/${id}/audit/export?format=csv`)
  expect(csv.body).toContain(`,"'=cmd|""/c calc""!A1",`)
})

test("no password, token or code is in the log", async () => {
  const http = await withHttp()
  const [ada, eve] = [await http.person("Ada"), await http.person("Eve")]
  const id = await home(ada)
  const { body: share } = await ada.call("POST", `/workspaces/${id}/shares`, { role: "viewer" })
  await eve.call("POST", `/shares/${share.code}/join`)
  const rows = JSON.stringify(await http.world.database.auditEntry.findMany(), (_, value) =>
    typeof value === "bigint" ? Number(value) : value,
  )
  for (const secret of [share.code, ada.token, eve.token, "Ada has a password", "ada@example.org"])
    expect(rows.includes(secret)).toBe(false)
})
