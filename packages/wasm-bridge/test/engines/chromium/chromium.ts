import { existsSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import type { Outcome } from "@nexus/protocol"
import { type Browser, chromium, type Page } from "playwright-core"
import { build } from "vite"
import type { Sandbox, SandboxMetrics } from "../../../src/index.ts"
import { sandboxWorker } from "../../../src/vite.ts"
import type { PageCalls } from "./page.ts"

/** Chromium with the page of the contract in it, under a policy as strict as the studio's. */
export interface ChromiumPage {
  readonly page: Page
  /** What the browser complained of: scripts refused, errors nobody caught. */
  readonly problems: readonly string[]
  /** Files that were asked for. */
  readonly asked: readonly string[]
  create(workers: number): Promise<Sandbox>
  call<Name extends keyof PageCalls>(
    name: Name,
    args: Parameters<PageCalls[Name]>,
  ): Promise<Awaited<ReturnType<PageCalls[Name]>>>
  close(): Promise<void>
}

const CHROMIUM = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium"

/** Why the contract cannot run here, or nothing. */
export function missingChromium(): string {
  return existsSync(CHROMIUM) ? "" : `there is no ${CHROMIUM}; install chromium or set CHROMIUM_PATH.`
}

/** No WebAssembly in the page itself; the worker compiles it, and may load and reach nothing at all. */
const PAGE_POLICY = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'"
const WORKER_POLICY = "default-src 'none'; script-src 'wasm-unsafe-eval'"

export async function openChromium(): Promise<ChromiumPage> {
  const asked: string[] = []
  const server = await serve(await built(), asked)
  const browser = await launch()
  const page = await browser.newPage()
  const problems: string[] = []
  page.on("pageerror", (error) => problems.push(error.message))
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()))
  await page.goto(server.url)
  return {
    page,
    problems,
    asked,
    call: (name, args) => called(page, name, args),
    async create(workers) {
      const index = await called(page, "create", [workers])
      return sandboxAt(page, index, await called(page, "metrics", [index]))
    },
    async close() {
      await browser.close()
      await server.close()
    },
  }
}

function launch(): Promise<Browser> {
  const args = ["--disable-gpu", "--no-first-run", "--disable-background-networking"]
  return chromium.launch({
    executablePath: CHROMIUM,
    args: process.getuid?.() === 0 ? [...args, "--no-sandbox"] : args,
  })
}

/** The sandbox in the page, called from here. Its metrics are those after the last answer. */
function sandboxAt(page: Page, index: number, metrics: SandboxMetrics): Sandbox {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64")
  const counted = async (answer: Promise<{ outcome: Outcome; metrics: SandboxMetrics }>) => {
    const { outcome, ...counts } = await answer
    metrics = counts.metrics
    return outcome
  }
  return {
    run: (request) => counted(called(page, "run", [index, request])),
    resume: (request, from) =>
      counted(called(page, "resume", [index, request, from && { bytes: base64(from.bytes), key: base64(from.key) }])),
    async suspend(id, key) {
      const suspended = await called(page, "suspend", [index, id, base64(key)])
      return suspended.ok ? { ok: true, bytes: new Uint8Array(Buffer.from(suspended.bytes, "base64")) } : suspended
    },
    discard: (id) => void called(page, "discard", [index, id]),
    metrics: () => metrics,
    close: () => called(page, "close", [index]),
  }
}

/** Calls the page; texts cross, so that no value is walked on the way. */
async function called<Name extends keyof PageCalls>(
  page: Page,
  name: Name,
  args: Parameters<PageCalls[Name]>,
): Promise<Awaited<ReturnType<PageCalls[Name]>>> {
  const answer = await page.evaluate(
    async ([name, args]) => {
      const { sandboxCalls } = globalThis as unknown as {
        sandboxCalls: Record<string, (...args: unknown[]) => unknown>
      }
      return JSON.stringify((await sandboxCalls[name]?.(...JSON.parse(args))) ?? null)
    },
    [name, JSON.stringify(args)] as const,
  )
  return JSON.parse(answer)
}

/** The page's files by their names. */
async function built(): Promise<Map<string, string | Uint8Array>> {
  const output = await build({
    configFile: false,
    logLevel: "error",
    root: import.meta.dirname,
    plugins: [sandboxWorker()],
    build: {
      write: false,
      target: "es2023",
      assetsInlineLimit: 0,
      minify: false,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: `${import.meta.dirname}/page.ts`, output: { entryFileNames: "page.js" } },
    },
  })
  const files = new Map<string, string | Uint8Array>()
  for (const file of [output].flat().flatMap((each) => ("output" in each ? each.output : []))) {
    files.set(`/${file.fileName}`, file.type === "chunk" ? file.code : file.source)
  }
  return files
}

async function serve(files: Map<string, string | Uint8Array>, asked: string[]) {
  files.set("/", `<!doctype html><title>The contract</title><script type="module" src="/page.js"></script>`)
  const types = { js: "text/javascript", wasm: "application/wasm" }
  const server = createServer((request, response) => {
    const path = request.url ?? "/"
    asked.push(path)
    const body = files.get(path)
    const type = Object.entries(types).find(([ending]) => path.endsWith(`.${ending}`))?.[1] ?? "text/html"
    response.writeHead(body === undefined ? 404 : 200, {
      "Content-Type": type,
      "Content-Security-Policy": path.includes("sandbox-worker") ? WORKER_POLICY : PAGE_POLICY,
    })
    response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
