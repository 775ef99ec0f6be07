import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createKernel, type Kernel } from "@nexus/kernel"
import { type PackageManifest, packageComponents } from "@nexus/protocol"
import { formatPanel, parsePanel } from "@nexus/reactor"
import { renderPanel } from "@nexus/reactor/render"
import { createSandbox, type Sandbox } from "@nexus/wasm-bridge"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { graphOfPackages, readPackage } from "../src/read-package.ts"
import { nexus } from "./nexus.ts"

const folder = "gallery/components"
const path = join(import.meta.dirname, "../../..", folder)
const manifest: PackageManifest = readPackage(path)
const within = graphOfPackages([path])
const { declarations: components } = packageComponents(within)

const PANEL = `<NexusPanel title="Soup">
  <Data>
    <State name="score" type="number" default="4"/>
  </Data>
  <View>
    <Callout title="Today" tone="good">
      <Rating label="The soup" bind="$state.score"/>
    </Callout>
  </View>
</NexusPanel>
`

describe.each(manifest.components.map((component) => [component.declaration.name, component] as const))(
  "<%s>",
  (_, { declaration, source }) => {
    test("is written without a mistake, as the formatter writes it", () => {
      expect(parsePanel(source, { components, component: declaration }).diagnostics).toEqual([])
      expect(formatPanel(source, { components })).toBe(source)
    })

    test("has an example that works as it stands", () => {
      const { example, sample = {} } = declaration
      const kind = (value: unknown) => (Array.isArray(value) ? "list" : typeof value)
      const states = Object.entries(sample).map(([name, value]) => `<State name="${name}" type="${kind(value)}"/>`)
      const panel = `<NexusPanel title="t"><Data>${states.join("")}</Data><View>${example}</View></NexusPanel>`
      const { panel: read, diagnostics } = parsePanel(panel, { components })
      expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([])
      if (!read) throw new Error("no panel")
      expect(renderPanel(read, sample, { within })).not.toContain("nx-error")
    })
  },
)

describe("on files", () => {
  test("check and render know the components of a package that is named, and of no other", async () => {
    const alone = await nexus(["check", "-"], PANEL)
    expect([alone.code, alone.out]).toEqual([1, expect.stringContaining("There is no component <Callout>")])
    expect((await nexus(["check", "-", "--package", folder], PANEL)).code).toBe(0)
    const { out, code } = await nexus(["render", "-", "--package", folder], PANEL)
    expect([code, out]).toEqual([0, expect.stringContaining("4 of 5")])
  })

  test("render shows the panels that are given beside it where Embed names them", async () => {
    const dir = await mkdtemp(join(tmpdir(), "nexus-"))
    await writeFile(join(dir, "other.nxml"), PANEL)
    const outer = '<NexusPanel title="Outer"><View><Embed panel="Soup"/></View></NexusPanel>'
    const { out } = await nexus(["render", "-", "--package", folder, "--with", join(dir, "other.nxml")], outer)
    expect(out).toContain("4 of 5")
    await rm(dir, { recursive: true })
  })

  test("a package that is none is told by its file and field", async () => {
    const dir = await mkdtemp(join(tmpdir(), "nexus-"))
    const end = await nexus(["check", "-", "--package", dir], PANEL)
    expect([end.code, end.err]).toEqual([2, expect.stringContaining("package.json is missing")])
    await writeFile(join(dir, "package.json"), '{ "name": "X", "version": "1", "description": "" }')
    await writeFile(join(dir, "A.nxml"), "<NexusPanel/>")
    await writeFile(join(dir, "A.json"), "{}")
    expect((await nexus(["check", "-", "--package", dir], PANEL)).err).toMatch(/package\.json: name: a package's name/)
    await rm(dir, { recursive: true })
  })
})

describe("on a server", () => {
  let dir: string
  let sandbox: Sandbox
  let kernel: Kernel
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "nexus-"))
    sandbox = await createSandbox({ processes: 1 })
    kernel = await createKernel({ dataDir: dir, trilog: "journal" }, { sandbox })
  })
  afterAll(async () => {
    await kernel.close()
    await sandbox.close()
    await rm(dir, { recursive: true, force: true })
  })

  test("install puts the package into a workspace of a real kernel, where a panel uses it", async () => {
    const token = await kernel.token()
    const ended = await nexus(["install", folder, "--server", kernel.url, "--token", token, "--json"])
    expect([ended.code, ended.err]).toEqual([0, ""])
    expect(ended.json()).toMatchObject({ name: "essentials", components: ["Callout", "KeyValue", "Rating"] })

    const api = async (method: string, where: string, body?: object) => {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" }
      return fetch(`${kernel.url}/api/v1${where}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
    }
    const made = await api("POST", "/panels", { workspace: "home", source: PANEL })
    const { id } = await made.json()
    const render = async () => (await api("GET", `/panels/${id}/render?workspace=home`)).text()
    expect(await render()).toContain("4 of 5")
    await api("DELETE", "/workspaces/home/packages/package_essentials")
    expect(await render()).toContain("is not installed here")
  })

  test("what the server refuses is said in its sentence, and ends with 1", async () => {
    const nowhere = await nexus([
      "install",
      folder,
      "--server",
      kernel.url,
      "--token",
      await kernel.token(),
      "--workspace",
      "nowhere",
    ])
    expect([nowhere.code, nowhere.err]).toEqual([1, expect.stringContaining("This needs the role editor")])
    const nobody = await nexus(["install", folder, "--server", "http://127.0.0.1:9", "--token", "x"])
    expect([nobody.code, nobody.err]).toEqual([1, expect.stringContaining("it does not answer")])
    const unsigned = await nexus(["install", folder])
    expect([unsigned.code, unsigned.err]).toEqual([2, expect.stringContaining("NEXUS_TOKEN")])
  })
})
