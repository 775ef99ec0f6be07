import { existsSync } from "node:fs"
import type { ListedWorkspace } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { overlaps } from "../../src/canvas/placement.ts"
import { chooseWorkspaces } from "../../src/home/choose-workspaces.ts"
import { placeTemplate, TEMPLATES } from "../../src/home/templates.ts"

const listed = (id: string, part: Partial<ListedWorkspace> = {}): ListedWorkspace => ({
  id,
  name: id,
  role: "owner",
  seq: 1,
  panels: 0,
  members: 1,
  people: [],
  sketch: [],
  ...part,
})

describe("the list of workspaces", () => {
  const all = [
    listed("Home"),
    listed("Work", { role: "editor", people: [{ id: "u2", name: "Grace Hopper" }] }),
    listed("Trip", { sketch: [{ x: 0, y: 0, w: 1, h: 1, title: "Packing list" }] }),
  ]
  const names = (part: Partial<Parameters<typeof chooseWorkspaces>[1]>) =>
    chooseWorkspaces(all, { shelf: "all", text: "", opened: {}, ...part }).map(({ name }) => name)

  it("what was opened last stands first, the others as they came", () => {
    expect(names({ opened: { Trip: 20, Work: 10 } })).toEqual(["Trip", "Work", "Home"])
  })

  it("shared is what somebody else owns", () => {
    expect(names({ shelf: "shared" })).toEqual(["Work"])
    expect(names({ shelf: "own" })).toEqual(["Home", "Trip"])
  })

  it("is searched by name, panel and person", () => {
    expect(names({ text: "hopper" })).toEqual(["Work"])
    expect(names({ text: "list PACK" })).toEqual(["Trip"])
    expect(names({ text: "nowhere" })).toEqual([])
  })
})

describe("templates", () => {
  it.each(TEMPLATES)("$name is made of panels that the gallery has, none over another", (template) => {
    const placed = placeTemplate(template)
    const gallery = new URL("../../../../gallery/", import.meta.url)
    for (const { folder } of placed) expect(existsSync(new URL(`${folder}/panel.nxml`, gallery)), folder).toBe(true)
    for (const [index, { frame }] of placed.entries()) {
      expect(placed.slice(index + 1).some((other) => overlaps(frame, other.frame, 0))).toBe(false)
    }
  })
})
