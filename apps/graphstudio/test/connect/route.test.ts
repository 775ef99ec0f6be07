import { describe, expect, it } from "vitest"
import { parseRoute, type Route, routeHref } from "../../src/connect/route.ts"

describe("places in the address", () => {
  const places: Route[] = [
    { at: "home" },
    { at: "workspaces" },
    { at: "workspace", workspace: "ws_1" },
    { at: "sign-in", code: "a-b_c" },
    { at: "join", code: "x/y z" },
    { at: "invited", code: "a-b_c" },
    { at: "provider" },
    { at: "account", section: "" },
    { at: "account", section: "two-step" },
    { at: "operator", section: "" },
    { at: "operator", section: "health" },
    { at: "components", component: "" },
    { at: "components", component: "Table" },
  ]
  it.each(places)("$at reads back as it was written", (route) => {
    expect(parseRoute(routeHref(route))).toEqual(route)
  })

  it("anything unknown or broken is home", () => {
    for (const hash of ["", "/", "/#", "/#/", "/#/nowhere", "/#/w/", "/#/join", "/#/%E0%A4%A", "/nowhere"]) {
      expect(parseRoute(hash)).toEqual({ at: "home" })
    }
  })
})
