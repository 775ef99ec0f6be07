import { NexusError } from "@nexus/protocol"
import { createSandbox } from "@nexus/wasm-bridge"
import * as z from "zod"
import { createKernel, type Kernel } from "./kernel.ts"
import { readSettings } from "./settings.ts"

/** A bare kernel, configured by the environment. The whole system on one machine is `nexus serve`. */
const Environment = z.object({
  NEXUS_DATA: z.string("names the folder where everything is kept").min(1),
  NEXUS_HOST: z.string().default("127.0.0.1"),
  NEXUS_PORT: z.coerce.number("takes a number").int().min(0).max(65535).default(4000),
  NEXUS_STUDIO: z.string().optional(),
  NEXUS_GALLERY: z.string().optional(),
})

const environment = Environment.safeParse(process.env)
if (!environment.success) {
  const [issue] = environment.error.issues
  console.error(`${String(issue?.path[0])} ${issue?.message}`)
  process.exit(2)
}
const { NEXUS_DATA: dataDir, NEXUS_HOST: host, NEXUS_PORT: port, ...dirs } = environment.data

async function start(): Promise<Kernel & { readonly sandbox: { close(): Promise<void> } }> {
  const { config, sandboxEngine, sandboxProcesses } = readSettings(process.env)
  const sandbox = await createSandbox({ engine: sandboxEngine, processes: sandboxProcesses, log: console.error })
  const at = { dataDir, host, port, studioDir: dirs.NEXUS_STUDIO, gallery: dirs.NEXUS_GALLERY }
  const kernel = await createKernel({ ...at, ...config }, { sandbox, env: process.env })
  return { ...kernel, sandbox }
}

/** The container is told to end within seconds; what is acknowledged is durable, so nothing depends on a slow part. */
const GIVE_UP_MS = 1550

try {
  const kernel = await start()
  console.log(JSON.stringify({ url: kernel.url, signIn: kernel.signInLink, token: await kernel.token() }))
  const stop = async (): Promise<void> => {
    setTimeout(() => process.exit(0), GIVE_UP_MS)
    await kernel.close()
    await kernel.sandbox.close()
    process.exit(0)
  }
  process.once("SIGTERM", stop)
  process.once("SIGINT", stop)
} catch (error) {
  console.error(error instanceof NexusError ? error.message : error)
  process.exit(1)
}
