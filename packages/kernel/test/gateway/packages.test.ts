import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { type TestHttp, withHttp } from "./with-http.ts"

const folder = new URL("../../../../gallery/components/", import.meta.url)
const text = (name: string) => readFileSync(new URL(name, folder), "utf8")

/** The package of the gallery, as it is installed. */
function essentials(change: (component: Component) => Component = (component) => component) {
  const names = readdirSync(folder).flatMap((name) => (name.endsWith(".nxml") ? [name.slice(0, -5)] : []))
  const components = names.map((name) => ({
    declaration: JSON.parse(text(`${name}.json`)),
    source: text(`${name}.nxml`),
  }))
  return { ...JSON.parse(text("package.json")), components: components.map(change) }
}

interface Component {
  readonly declaration: { readonly name: string; readonly [field: string]: unknown }
  readonly source: string
}

const PANEL = `<NexusPanel title="Soup">
  <Data><State name="score" type="number" default="3"/></Data>
  <View><Callout title="Today"><Rating label="The soup" bind="$state.score"/></Callout></View>
</NexusPanel>`

async function workspaceOf(http: TestHttp) {
  const ada = await http.person("Ada")
  const { body } = await ada.call("POST", "/workspaces", { name: "Home" })
  const workspace: string = body.id
  return { ada, workspace, path: `/workspaces/${workspace}/packages` }
}

test("a package is installed, used, painted, taken out and put back, each by one change", async () => {
  const http = await withHttp()
  const { ada, workspace, path } = await workspaceOf(http)
  const before = await ada.call("POST", "/panels", { workspace, source: PANEL })
  expect([before.status, before.body.first]).toEqual([422, expect.stringContaining("<Callout>")])

  const installed = await ada.call("POST", path, essentials())
  expect(installed.body).toMatchObject({ id: "package_essentials", version: "1.0.0", seq: 2 })
  expect(installed.body.components.sort()).toEqual(["Callout", "KeyValue", "Rating"])
  expect((await ada.call("GET", path)).body.packages).toHaveLength(1)

  const panel = (await ada.call("POST", "/panels", { workspace, source: PANEL })).body
  const render = async () => (await ada.call("GET", `/panels/${panel.id}/render?workspace=${workspace}`)).body
  const html = await render()
  expect(html).toContain("3 of 5")
  expect(html).toContain("Today")
  expect(html.match(/<button[^>]*data-variant="primary"/g)).toHaveLength(3)
  expect(html).not.toContain('class="nx-error')
  const { graph } = await http.workspaces.open(workspace)
  const uses = [...graph.outgoing(panel.id)].filter(({ kind }) => kind === "uses").map(({ to }) => to)
  expect(uses.sort()).toEqual(["package_essentials.Callout", "package_essentials.Rating"])

  expect((await ada.call("DELETE", `${path}/package_essentials`)).status).toBe(204)
  expect(await render()).toContain("is not installed here")
  expect([...graph.outgoing(panel.id)].filter(({ kind }) => kind === "uses")).toEqual([])
  const moved = await ada.call("PUT", `/panels/${panel.id}?workspace=${workspace}`, {
    frame: { x: 1, y: 1, w: 300, h: 200 },
  })
  expect(moved.status).toBe(200)

  await ada.call("POST", path, essentials())
  expect(await render()).toContain("3 of 5")
  expect([...graph.outgoing(panel.id)].filter(({ kind }) => kind === "uses")).toHaveLength(2)
  const changes = await (await http.workspaces.open(workspace)).changes(1, 20)
  expect(changes.map(({ cause }) => cause.reason)).toEqual([
    "installed essentials 1.0.0",
    "added a panel",
    "removed essentials 1.0.0",
    "moved Soup",
    "installed essentials 1.0.0",
  ])
})

test("another version replaces the one that is there", async () => {
  const http = await withHttp()
  const { ada, path } = await workspaceOf(http)
  await ada.call("POST", path, essentials())
  const fewer = { ...essentials(), version: "2.0.0", components: essentials().components.slice(0, 1) }
  expect((await ada.call("POST", path, fewer)).body).toMatchObject({ version: "2.0.0", components: ["Callout"] })
  expect((await ada.call("GET", path)).body.packages).toHaveLength(1)
})

test("a component that reaches for the panel's state, or has errors, is refused with its place", async () => {
  const http = await withHttp()
  const { ada, path } = await workspaceOf(http)
  const hostile = (view: string) =>
    essentials((component) => ({
      ...component,
      source:
        component.declaration.name === "Rating"
          ? `<NexusPanel title="R"><View>${view}</View></NexusPanel>`
          : component.source,
    }))
  for (const view of [
    '<Text content="{$state.secret}"/>',
    '<Button label="x" onClick="$state.score = 1"/>',
    '<Button label="x" onClick="transfer()"/>',
    "<Rating label='x'/>",
    "<Nothing/>",
  ]) {
    const { status, body } = await ada.call("POST", path, hostile(view))
    expect([view, status, body.code]).toEqual([view, 422, expect.stringMatching(/panel-invalid|invalid-input/)])
  }
  expect((await ada.call("GET", path)).body.packages).toEqual([])
})

test("a name that NXML has, or that another package brought, is refused", async () => {
  const http = await withHttp()
  const { ada, path } = await workspaceOf(http)
  const named = (name: string) =>
    essentials((component) =>
      component.declaration.name === "Callout"
        ? { ...component, declaration: { ...component.declaration, name } }
        : component,
    )
  for (const name of ["Text", "Each", "Embed"]) {
    const { status, body } = await ada.call("POST", path, named(name))
    expect([status, body.detail]).toEqual([409, expect.stringContaining(`<${name}> is part of NXML`)])
  }
  await ada.call("POST", path, essentials())
  const { body } = await ada.call("POST", path, { ...essentials(), name: "other" })
  expect(body.detail).toContain('from the package "essentials"')
})

test("a declaration that is none is refused at the door, with the field", async () => {
  const http = await withHttp()
  const { ada, path } = await workspaceOf(http)
  const broken = essentials(({ declaration, source }) => ({
    source,
    declaration: { ...declaration, width: { min: 9, ideal: 1, max: 2 } },
  }))
  const { status, body } = await ada.call("POST", path, broken)
  expect([status, body.path]).toEqual([422, "components.0.declaration"])
})

test("a component brought past the route is held to the same rules", async () => {
  const http = await withHttp()
  const { ada, workspace } = await workspaceOf(http)
  const open = await http.workspaces.open(workspace)
  const cause = { actor: { kind: "person" as const, id: ada.id, name: "Ada" }, reason: "by hand" }
  const entity = { id: "c", kind: "component" as const, name: "C", scope: workspace, properties: {} }
  await expect(
    open.commit({ submission: "1", cause, operations: [{ kind: "entity_add", entity }] }),
  ).rejects.toMatchObject({
    failure: { code: "invalid-input", path: "entity.scope" },
  })
})
