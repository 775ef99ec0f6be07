import { type ApiClient, endpoints, equalJson, Preferences } from "@nexus/protocol"
import type { Session } from "../connect/session.ts"
import { remembered } from "../remembered.ts"
import { setAppearance, useAppearance } from "../ui/appearance.ts"
import { keepKeys, useOwnKeys } from "../ui/own-keys.ts"
import { choose, chosen, LANGUAGES, tellChoice } from "../words/language.ts"
import { onlyHere } from "./only-here.ts"

/**
 * What somebody chose for the studio goes with them: read when they sign in, told when they choose. The device keeps it
 * as it did before, so a page opens in it at once and without a line; what could not be told is told at the next
 * beginning, and then the device is right. Asking the account before the first paint was refused: a page would flash, or
 * wait for a kernel that is away.
 */
export function followPerson(session: Pick<Session, "store" | "api">): void {
  let person: string | undefined
  let told: Preferences = shownNow()
  let timer: ReturnType<typeof setTimeout> | undefined

  const tell = async (): Promise<void> => {
    clearTimeout(timer)
    const now = shownNow()
    const changed = changes(told, now)
    if (person === undefined || onlyHere() || Object.keys(changed).length === 0) return
    told = now
    localStorage.setItem(UNTOLD, person)
    await session.api.call(endpoints.savePreferences, { body: toBody(changed) })
    localStorage.removeItem(UNTOLD)
  }
  const soon = (): void => {
    clearTimeout(timer)
    if (person === undefined || onlyHere() || Object.keys(changes(told, shownNow())).length === 0) return
    localStorage.setItem(UNTOLD, person)
    timer = setTimeout(() => void tell().catch(ignore), SETTLE_MS)
  }
  const meet = async (id: string): Promise<void> => {
    if (onlyHere()) return
    const before = remembered(FOLLOWED)
    localStorage.setItem(FOLLOWED, id)
    if (remembered(UNTOLD) === id) {
      await session.api.call(endpoints.savePreferences, { body: toBody(shownNow()) })
      localStorage.removeItem(UNTOLD)
      return
    }
    const { preferences } = await session.api.call(endpoints.readPreferences)
    // Whoever sat here before chose for themselves.
    const base = before === undefined || before === id ? {} : USUAL
    if (person === id) show({ ...base, ...preferences })
    told = shownNow()
  }
  const look = (): void => {
    const { status, user } = session.store.getState()
    const id = status === "signed-in" ? user?.id : undefined
    if (id === person) return
    person = id
    told = shownNow()
    // Without a line the device goes on with what it has.
    if (id !== undefined) meet(id).catch(ignore)
  }
  session.store.subscribe(look)
  useAppearance.subscribe(soon)
  useOwnKeys.subscribe(soon)
  tellChoice(() => tell().catch(ignore))
  look()
}

/** From now on what the account has holds here again. */
export async function followAgain(api: ApiClient): Promise<void> {
  const { preferences } = await api.call(endpoints.readPreferences)
  show(preferences)
}

const UNTOLD = "nexus.untold"
const FOLLOWED = "nexus.followed"
const SETTLE_MS = 300
const USUAL: Preferences = { theme: "system", contrast: "system", motion: "system", language: "", keys: {} }

function shownNow(): Preferences {
  const { theme, contrast, motion } = useAppearance.getState()
  return { theme, contrast, motion, language: chosen() ?? "", keys: useOwnKeys.getState().keys }
}

function changes(before: Preferences, now: Preferences): Preferences {
  const parts = Object.entries(now).filter(([name, value]) => {
    return !equalJson(value ?? null, Object.entries(before).find(([each]) => each === name)?.[1] ?? null)
  })
  return Preferences.parse(Object.fromEntries(parts))
}

function toBody({ keys, ...rest }: Preferences) {
  return { ...rest, ...(keys ? { keys: { ...keys } } : {}) }
}

function show({ theme, contrast, motion, language, keys }: Preferences): void {
  const now = shownNow()
  const look = {
    ...(theme && theme !== now.theme ? { theme } : {}),
    ...(contrast && contrast !== now.contrast ? { contrast } : {}),
    ...(motion && motion !== now.motion ? { motion } : {}),
  }
  if (Object.keys(look).length > 0) setAppearance(look)
  if (keys && !equalJson(keys, now.keys ?? {})) keepKeys(keys)
  const known = LANGUAGES.find(({ tag }) => tag === language)?.tag
  if (language !== undefined && language !== now.language && (known || language === "")) choose(known)
}

function ignore(): void {}
