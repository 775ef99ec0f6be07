import { useSyncExternalStore } from "react"

/** Where the page is. Everything stands behind `#`, so codes in links never reach a server's log. */
export type Route =
  | { readonly at: "home" }
  | { readonly at: "workspaces" }
  | { readonly at: "workspace"; readonly workspace: string }
  | { readonly at: "sign-in"; readonly code: string }
  | { readonly at: "join"; readonly code: string }

export function parseRoute(hash: string): Route {
  const [first = "", second = ""] = hash
    .replace(/^#?\/?/, "")
    .split("/")
    .map(decode)
  if (first === "w" && second) return { at: "workspace", workspace: second }
  if (first === "sign-in" && second) return { at: "sign-in", code: second }
  if (first === "join" && second) return { at: "join", code: second }
  return first === "workspaces" ? { at: "workspaces" } : { at: "home" }
}

export function routeHash(route: Route): string {
  switch (route.at) {
    case "home":
      return "#/"
    case "workspaces":
      return "#/workspaces"
    case "workspace":
      return `#/w/${encodeURIComponent(route.workspace)}`
    case "sign-in":
      return `#/sign-in/${encodeURIComponent(route.code)}`
    case "join":
      return `#/join/${encodeURIComponent(route.code)}`
  }
}

/** Goes to `route`; `replace` leaves nothing to come back to. */
export function navigate(route: Route, replace = false): void {
  const hash = routeHash(route)
  if (location.hash === hash) return
  if (replace) history.replaceState(null, "", hash)
  else history.pushState(null, "", hash)
  dispatchEvent(new HashChangeEvent("hashchange"))
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(onHash, () => location.hash)
  return parseRoute(hash)
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
