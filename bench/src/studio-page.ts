import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { type Browser, chromium, type Page } from "playwright-core"

/** The whole system as a user starts it, and a real browser beside it. */
export interface Studio {
  readonly browser: Browser
  readonly url: string
  readonly token: string
  /** A link that signs in once. */
  readonly signIn: string
  close(): Promise<void>
}

/** The studio in a real browser, its editor open on `source`; the preview beside it is alive. */
export interface StudioPage {
  readonly page: Page
  close(): Promise<void>
}

const root = fileURLToPath(new URL("../../", import.meta.url))

export async function startStudio(): Promise<Studio> {
  if (!existsSync(join(root, "apps/graphstudio/dist/index.html")))
    throw new Error("The studio is not built: npm run build")
  const dataDir = mkdtempSync(join(tmpdir(), "nexus-bench-"))
  const main = join(root, "apps/cli/src/main.ts")
  const child = spawn(process.execPath, [main, "serve", "--json", "--port", "0", "--data", dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: process.env.PATH, NEXUS_MESSAGES_PER_SECOND: "1000000" },
  })
  if (!child.stdout) throw new Error("nexus serve has no standard output")
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string]
  const ready: Pick<Studio, "url" | "token" | "signIn"> = JSON.parse(line)
  const browser = await openBrowser()
  return {
    ...ready,
    browser,
    async close() {
      await browser.close()
      child.kill("SIGTERM")
      await once(child, "exit")
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}

export const BROWSER = {
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: process.getuid?.() === 0 ? ["--disable-gpu", "--no-sandbox"] : ["--disable-gpu"],
}

export function openBrowser(): Promise<Browser> {
  return chromium.launch(BROWSER)
}

export async function openEditor(source: string): Promise<StudioPage> {
  const { browser, signIn, close } = await startStudio()
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(signIn)
  await page.getByRole("button", { name: "New panel" }).click()
  await page.locator(".cm-content").click()
  await page.keyboard.press("ControlOrMeta+A")
  await page.locator(".cm-content").evaluate((content, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData("text/plain", text)
    content.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
  }, source)
  await page.getByRole("heading", { name: "Measured" }).waitFor()
  return { page, close }
}
