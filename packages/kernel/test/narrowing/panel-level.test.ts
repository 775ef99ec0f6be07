import type { NarrowedSubject, NarrowingRule, PanelLevel, Role } from "@nexus/protocol"
import { expect, test } from "vitest"
import { panelLevel } from "../../src/accounts/panel-level.ts"

type Level = NarrowingRule["level"]
type Row = readonly [role: Role, rules: readonly (readonly [NarrowedSubject, Level, string?])[], PanelLevel]

const eve: NarrowedSubject = { user: "eve" }
const ada: NarrowedSubject = { user: "ada" }
const editors: NarrowedSubject = { role: "editor" }
const viewers: NarrowedSubject = { role: "viewer" }

/** What Eve may do with panel "p", in this role and under these rules. */
const TABLE: readonly Row[] = [
  ["owner", [], "change"],
  ["editor", [], "change"],
  ["viewer", [], "look"],
  ["editor", [[eve, "run"]], "run"],
  ["editor", [[eve, "look"]], "look"],
  ["editor", [[eve, "hidden"]], "hidden"],
  ["editor", [[editors, "look"]], "look"],
  ["editor", [[viewers, "hidden"]], "change"],
  ["editor", [[ada, "hidden"]], "change"],
  ["editor", [[eve, "hidden", "other"]], "change"],
  ["viewer", [[viewers, "hidden"]], "hidden"],
  ["viewer", [[editors, "hidden"]], "look"],
  // No rule gives more than the role.
  ["viewer", [[eve, "run"]], "look"],
  ["viewer", [[viewers, "run"]], "look"],
  // The narrowest holds, in whatever order.
  [
    "editor",
    [
      [editors, "look"],
      [eve, "run"],
    ],
    "look",
  ],
  [
    "editor",
    [
      [eve, "run"],
      [editors, "look"],
    ],
    "look",
  ],
  [
    "editor",
    [
      [editors, "run"],
      [eve, "hidden"],
    ],
    "hidden",
  ],
  // Nobody narrows an owner.
  ["owner", [[eve, "hidden"]], "change"],
]

test.each(TABLE)("somebody who is %s under %j may %s", (role, rules, level) => {
  const written = rules.map(([subject, at, panel = "p"]) => ({
    ...{ panel, subject, level: at },
    at: 0,
    by: { id: "ada", name: "Ada" },
  }))
  expect(panelLevel(written, { user: "eve", role }, "p")).toBe(level)
})
