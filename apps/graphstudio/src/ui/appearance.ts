import { create } from "zustand"
import { remembered } from "../remembered.ts"

/**
 * How the page looks to the person before it: colours, contrast, motion. Each follows the device until it is chosen
 * here; what is chosen is kept on this device, and with the account unless the device is another. The root element says the
 * outcome (`data-theme`, `data-contrast`, `data-motion`), so the styles ask one thing and not two; media queries beside
 * attributes were refused, for every rule would stand there twice.
 */
export interface Appearance {
  readonly theme: "system" | "light" | "dark"
  readonly contrast: "system" | "usual" | "more"
  readonly motion: "system" | "full" | "reduced"
}

const CHOICES = {
  theme: ["light", "dark"],
  contrast: ["usual", "more"],
  motion: ["full", "reduced"],
} as const
const MORE_CONTRAST = "(prefers-contrast: more)"
const LESS_MOTION = "(prefers-reduced-motion: reduce)"
const DARK = "(prefers-color-scheme: dark)"

/** What was chosen on this device. */
export const useAppearance = create<Appearance>(() => ({
  theme: stored("theme"),
  contrast: stored("contrast"),
  motion: stored("motion"),
}))

/** Chooses, keeps and shows. */
export function setAppearance(choice: Partial<Appearance>): void {
  for (const [name, value] of Object.entries(choice)) localStorage.setItem(`nexus.${name}`, value)
  useAppearance.setState(choice)
  paint()
}

/** Shows what is chosen, and goes with the device where it decides. */
export function showAppearance(): void {
  for (const query of [MORE_CONTRAST, LESS_MOTION]) matchMedia(query).addEventListener("change", paint)
  paint()
}

/** The opposite of what is on screen now: what a toggle does next. */
export function oppositeTheme(theme: Appearance["theme"]): "light" | "dark" {
  const dark = theme === "dark" || (theme === "system" && matchMedia(DARK).matches)
  return dark ? "light" : "dark"
}

/** Is more contrast on screen now? */
export function highContrast({ contrast }: Pick<Appearance, "contrast">): boolean {
  return contrast === "more" || (contrast === "system" && matchMedia(MORE_CONTRAST).matches)
}

/** Is motion held back now? */
export function stillness({ motion }: Pick<Appearance, "motion">): boolean {
  return motion === "reduced" || (motion === "system" && matchMedia(LESS_MOTION).matches)
}

/** How long a movement of the canvas takes: as long as it would, or no time at all. */
export function moving(ms: number): number {
  return stillness(useAppearance.getState()) ? 0 : ms
}

function paint(): void {
  const { dataset } = document.documentElement
  const chosen = useAppearance.getState()
  if (chosen.theme === "system") delete dataset.theme
  else dataset.theme = chosen.theme
  dataset.contrast = highContrast(chosen) ? "more" : "usual"
  dataset.motion = stillness(chosen) ? "reduced" : "full"
}

function stored<Name extends keyof typeof CHOICES>(name: Name): (typeof CHOICES)[Name][number] | "system" {
  const value = remembered(`nexus.${name}`)
  return CHOICES[name].find((choice) => choice === value) ?? "system"
}
