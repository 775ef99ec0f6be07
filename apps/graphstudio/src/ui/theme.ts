import { create } from "zustand"

export type Theme = "system" | "light" | "dark"

const KEY = "nexus.theme"

function stored(): Theme {
  const value = globalThis.localStorage?.getItem(KEY)
  return value === "light" || value === "dark" ? value : "system"
}

interface ThemeState {
  readonly theme: Theme
  readonly setTheme: (theme: Theme) => void
}

/** The chosen colour scheme; `system` follows the device. */
export const useTheme = create<ThemeState>((set) => ({
  theme: stored(),
  setTheme: (theme) => {
    localStorage.setItem(KEY, theme)
    showTheme(theme)
    set({ theme })
  },
}))

export function showTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

/** What the toggle does next: the opposite of what is on screen now. */
export function oppositeTheme(theme: Theme): Theme {
  const dark = theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches)
  return dark ? "light" : "dark"
}
