import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import lighthouse, { desktopConfig } from "lighthouse"
import { chromium } from "playwright-core"
import type { Contender, Goal } from "./measure.ts"
import { BROWSER, startStudio } from "./studio-page.ts"

const CATEGORIES = ["performance", "accessibility", "best-practices"] as const
type Category = (typeof CATEGORIES)[number]

/**
 * Lighthouse as a desktop browser sees it (its own slower line and 40 ms to the server), on the canvas of the sample
 * workspace with its living panels, of somebody who is signed in and has nothing of the studio in the cache.
 */
async function scoring(category: Category): Promise<Contender> {
  const studio = await startStudio()
  const profile = mkdtempSync(join(tmpdir(), "nexus-lighthouse-"))
  const context = await chromium.launchPersistentContext(profile, {
    ...BROWSER,
    args: [...BROWSER.args, "--remote-debugging-port=0"],
  })
  const page = await context.newPage()
  await page.goto(studio.signIn)
  await page.getByRole("region", { name: "Groceries", exact: true }).getByRole("switch").first().waitFor()
  const canvas = page.url()
  await page.goto("about:blank")
  const port = Number(readFileSync(join(profile, "DevToolsActivePort"), "utf8").split("\n")[0])
  return {
    run: async () => {
      const answer = await lighthouse(
        canvas,
        { port, onlyCategories: [category], disableStorageReset: true, output: "json", logLevel: "error" },
        desktopConfig,
      )
      if (!answer) throw new Error("Lighthouse gave no answer")
      const { categories, audits } = answer.lhr
      const asked = JSON.stringify(audits["network-requests"]?.details ?? {})
      // Only an open workspace asks for its questions; a sign-in page would be quick and good for nothing.
      if (category === "performance" && !/\/workspaces\/[^/]+\/questions/.test(asked))
        throw new Error("Lighthouse did not see the canvas")
      if (process.env.LIGHTHOUSE_REPORT)
        writeFileSync(`${process.env.LIGHTHOUSE_REPORT}-${category}.json`, JSON.stringify(audits))
      return Math.round((categories[category]?.score ?? 0) * 100)
    },
    close: async () => {
      await context.close()
      await studio.close()
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
    warmups: category === "performance" ? 1 : 0,
    samples: category === "performance" ? 3 : 1,
  }
}

export const goal: Goal = {
  id: "G3",
  what: "Lighthouse, desktop, the canvas of the sample workspace",
  rounds: 1,
  contenders: Object.fromEntries(CATEGORIES.map((category) => [category, () => scoring(category)])),
  claims: [
    { ours: "performance", atLeast: 95 },
    { ours: "accessibility", atLeast: 100 },
    { ours: "best-practices", atLeast: 95 },
  ],
}
