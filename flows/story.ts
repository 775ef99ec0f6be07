import type { Browser } from "playwright-core"
import { afterAll, beforeAll } from "vitest"
import { leaveBrowser, newPerson, openBrowser, type Person, signIn } from "./browser.ts"
import { type Nexus, startNexus } from "./nexus.ts"

/** What a story is told with: a running Nexus, a browser, and me, the owner, signed in by the printed link. */
export interface Story {
  nexus: Nexus
  browser: Browser
  me: Person
}

/**
 * Sets a story up before the file's tests and ends it after them. `watch` sees my page before its first request; `env`
 * gives settings beside those of the machine.
 */
export function tellStory(
  watch: (me: Person) => void = () => {},
  env: () => Promise<NodeJS.ProcessEnv> = async () => ({}),
): Story {
  const story = {} as Story
  beforeAll(async () => {
    story.nexus = await startNexus({ env: await env() })
    story.browser = await openBrowser()
    story.me = await newPerson(story.browser)
    watch(story.me)
    await signIn(story.me, story.nexus.signIn)
  })
  afterAll(async () => {
    await leaveBrowser(story.browser)
    await story.nexus?.close()
  })
  return story
}
