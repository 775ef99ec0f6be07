import { say } from "../words/say.ts"

/** The sections of the account page, by their names in the address, in the order they are listed. */
export const ACCOUNT_SECTIONS = [
  { name: "profile", title: say("Profile") },
  { name: "appearance", title: say("Appearance") },
  { name: "shortcuts", title: say("Keyboard shortcuts") },
  { name: "usage", title: say("What you use") },
  { name: "password", title: say("Password") },
  { name: "two-step", title: say("Two-step sign-in") },
  { name: "sessions", title: say("Sessions") },
  { name: "keys", title: say("API keys") },
  { name: "connected", title: say("Connected accounts") },
  { name: "activity", title: say("Activity") },
  { name: "privacy", title: say("Privacy") },
] as const

export type AccountSection = (typeof ACCOUNT_SECTIONS)[number]["name"]
