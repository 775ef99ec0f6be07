import { useSyncExternalStore } from "react"

/**
 * Where the page is. Everything stands behind `#`, so codes in links never reach a server's log; only the page about
 * components has a path of its own, because nothing in it is anybody's and its `#` names one component.
 */
export type Route =
  | { readonly at: "home" }
  | { readonly at: "workspaces" }
  | { readonly at: "workspace"; readonly workspace: string }
  | { readonly at: "sign-in"; readonly code: string }
  | { readonly at: "join"; readonly code: string }
  | { readonly at: "invited"; readonly code: string }
  /** Back from the sign-in provider, which needs a path that it knows. */
  | { readonly at: "provider" }
  | { readonly at: "account"; readonly section: string }
  | { readonly at: "operator"; readonly section: string }
  | { readonly at: "components"; readonly component: string }

/** Reads an address, `/#/w/ws_1` or `/components#Table`; anything unknown is home. */
export function parseRoute(href: string): Route {
  const [path = "", hash = ""] = href.split("#", 2)
  if (path === "/components" || path === "/components/") return { at: "components", component: decode(hash) }
  if (path === "/sign-in/callback") return { at: "provider" }
  const [first = "", second = ""] = hash.replace(/^\//, "").split("/").map(decode)
  if (first === "w" && second) return { at: "workspace", workspace: second }
  if (first === "sign-in" && second) return { at: "sign-in", code: second }
  if (first === "join" && second) return { at: "join", code: second }
  if (first === "invited" && second) return { at: "invited", code: second }
  if (first === "operator") return { at: "operator", section: second }
  if (first === "account") return { at: "account", section: second }
  return first === "workspaces" ? { at: "workspaces" } : { at: "home" }
}

export function routeHref(route: Route): string {
  switch (route.at) {
    case "home":
      return "/#/"
    case "workspaces":
      return "/#/workspaces"
    case "workspace":
      return `/#/w/${encodeURIComponent(route.workspace)}`
    case "sign-in":
      return `/#/sign-in/${encodeURIComponent(route.code)}`
    case "join":
      return `/#/join/${encodeURIComponent(route.code)}`
    case "invited":
      return `/#/invited/${encodeURIComponent(route.code)}`
    case "provider":
      return "/sign-in/callback"
    case "account":
      return route.section ? `/#/account/${encodeURIComponent(route.section)}` : "/#/account"
    case "operator":
      return route.section ? `/#/operator/${encodeURIComponent(route.section)}` : "/#/operator"
    case "components":
      return route.component ? `/components#${encodeURIComponent(route.component)}` : "/components"
  }
}

/** Goes to `route`; `replace` leaves nothing to come back to. */
export function navigate(route: Route, replace = false): void {
  const href = routeHref(route)
  if (here() === href) return
  if (replace) history.replaceState(null, "", href)
  else history.pushState(null, "", href)
  dispatchEvent(new HashChangeEvent("hashchange"))
}

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(onHash, here))
}

function here(): string {
  return location.pathname + location.hash
}

function onHash(told: () => void): () => void {
  addEventListener("hashchange", told)
  addEventListener("popstate", told)
  return () => {
    removeEventListener("hashchange", told)
    removeEventListener("popstate", told)
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
