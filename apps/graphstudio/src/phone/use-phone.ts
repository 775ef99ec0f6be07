import { useSyncExternalStore } from "react"

/** The window of a phone, upright or lying; `phone:` in classes asks the same, in ui/app.css. */
const phone = matchMedia("(max-width: 639px), (max-height: 479px) and (pointer: coarse)")

/** Has this window room for one thing at a time? */
export function usePhone(): boolean {
  return useSyncExternalStore(onPhoneChange, isPhone)
}

export function isPhone(): boolean {
  return phone.matches
}

export function onPhoneChange(told: () => void): () => void {
  phone.addEventListener("change", told)
  return () => phone.removeEventListener("change", told)
}
