import { existsSync } from "node:fs"
import { resolve } from "node:path"
import { createKernel, type KernelConfig, type Mount, readSettings } from "@nexus/kernel"
import { type Assistant, createAssistant, createCompletion } from "@nexus/os"
import { NexusError } from "@nexus/protocol"
import { type EngineName, openSandbox, type Sandbox } from "@nexus/wasm-bridge"
import { type ExitCode, type Io, printJson, UsageError } from "../io.ts"

export interface ServeOptions {
  readonly data: string
  /** Absent: as NEXUS_DATABASE says. A password is better kept there: everybody on the machine sees arguments. */
  readonly database?: string
  readonly host: string
  readonly port: string
  /** Absent: as NEXUS_SANDBOX_ENGINE says. */
  readonly engine?: EngineName
  readonly json?: boolean
}

const root = resolve(import.meta.dirname, "../../../..")

/** The whole system in one process, until it is asked to stop. */
export async function serve(io: Io, options: ServeOptions): Promise<ExitCode> {
  const port = Number(options.port)
  if (!/^\d+$/.test(options.port) || port > 65535) {
    throw new UsageError(`--port takes a number from 0 to 65535, not "${options.port}"`)
  }
  const studioDir = resolve(root, "apps/graphstudio/dist")
  const hasStudio = existsSync(studioDir)
  if (!hasStudio) io.err("The studio is not built; run npm start, or npm run build first. The API works without it.\n")

  const { config, sandboxEngine, sandboxProcesses } = settingsOf(
    options.database === undefined ? io.env : { ...io.env, NEXUS_DATABASE: options.database },
  )
  const log = (line: string) => io.err(`${line}\n`)
  const { engine = sandboxEngine } = options
  const { sandbox, ready } = await openSandbox({ engine, processes: sandboxProcesses, log })
  try {
    const started = { ...config, dataDir: resolve(options.data), host: options.host, port }
    const place = hasStudio ? { ...started, studioDir } : started
    await serveUntilStopped(io, place, { sandbox, ready }, options.json ?? false)
  } finally {
    await sandbox.close()
  }
  return 0
}

/** The kernel opens its stores while the sandbox's processes start, and is said to be ready when they are. */
async function serveUntilStopped(
  io: Io,
  config: KernelConfig,
  { sandbox, ready: sandboxIsReady }: { readonly sandbox: Sandbox; readonly ready: Promise<void> },
  json: boolean,
): Promise<void> {
  // The assistant reaches the kernel by wire, so it needs the URL that the kernel has only once it listens.
  let assistant: Assistant | undefined
  const mount: Mount = {
    path: "/api/v1/ai",
    handle: (request, response) => assistant?.handle(request, response),
  }
  const model = modelOf(io.env)
  const kernel = await createKernel(
    { ...config, gallery: resolve(root, "gallery") },
    {
      sandbox,
      mounts: [mount],
      models: model ? { default: createCompletion(model) } : {},
      env: { ...io.env },
    },
  )
  assistant = createAssistant({ kernelUrl: kernel.url, model })
  await sandboxIsReady.catch(async (error: unknown) => {
    await kernel.close()
    throw error
  })

  const ready = { url: kernel.url, signIn: kernel.signInLink, token: await kernel.token() }
  if (json) printJson(io, ready)
  else {
    io.out(`\n  Nexus is ready at ${ready.url}\n\n  Open this link to sign in (it works once):\n  ${ready.signIn}\n\n`)
    io.out(`  Everything is kept in ${config.dataDir}. Ctrl+C stops.\n\n`)
  }
  await io.stopped
  assistant.close()
  await kernel.close()
}

function settingsOf(env: Io["env"]) {
  try {
    return readSettings(env)
  } catch (error) {
    throw error instanceof NexusError ? new UsageError(error.message, { cause: error }) : error
  }
}

function modelOf(env: Io["env"]) {
  if (!env.NEXUS_MODEL || !(env.OPENAI_API_KEY || env.OPENAI_BASE_URL)) return undefined
  return {
    name: env.NEXUS_MODEL,
    apiKey: env.OPENAI_API_KEY ?? "none",
    ...(env.OPENAI_BASE_URL ? { baseUrl: env.OPENAI_BASE_URL } : {}),
  }
}
