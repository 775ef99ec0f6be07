import { forgetWords } from "../ui/kept-words.ts"

/** Removes everything that this browser keeps of one person's work. What was not sent is gone. */
export function forgetOutbox(user: string): void {
  forgetWords()
  indexedDB.deleteDatabase(`nexus-outbox-${user}`)
}
