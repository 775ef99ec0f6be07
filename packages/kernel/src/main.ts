import { availableParallelism } from "node:os"
import { createSandbox } from "@nexus/wasm-bridge"
import * as z from "zod"
import { createKernel } from "./kernel.ts"

const List = z
  .string()
  .default("")
  .transform((list) => list.split(",").filter((item) => item !== ""))

/** A bare kernel, configured by the environment. The whole system on one machine is `nexus serve`. */
const Environment = z.object({
  NEXUS_DATA: z.string().min(1),
  NEXUS_HOST: z.string().default("127.0.0.1"),
  NEXUS_PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  NEXUS_STUDIO: z.string().optional(),
  NEXUS_GALLERY: z.string().optional(),
  NEXUS_ORIGINS: List,
  NEXUS_TRUSTED_PROXIES: List,
  NEXUS_TRILOG: z.string().default("embedded"),
  NEXUS_MESSAGES_PER_SECOND: z.coerce.number().int().optional(),
  NEXUS_SANDBOX_PROCESSES: z.coerce
    .number()
    .int()
    .min(1)
    .default(Math.max(1, availableParallelism() - 1)),
})

const environment = Environment.parse(process.env)
const sandbox = await createSandbox({ processes: environment.NEXUS_SANDBOX_PROCESSES })
const kernel = await createKernel(
  {
    dataDir: environment.NEXUS_DATA,
    host: environment.NEXUS_HOST,
    port: environment.NEXUS_PORT,
    studioDir: environment.NEXUS_STUDIO,
    gallery: environment.NEXUS_GALLERY,
    origins: environment.NEXUS_ORIGINS,
    trustedProxies: environment.NEXUS_TRUSTED_PROXIES,
    trilog: environment.NEXUS_TRILOG,
    limits: { messagesPerSecond: environment.NEXUS_MESSAGES_PER_SECOND },
  },
  { sandbox, env: process.env },
)
console.log(JSON.stringify({ url: kernel.url, signIn: kernel.signInLink, token: await kernel.token() }))

const stop = async (): Promise<void> => {
  await kernel.close()
  await sandbox.close()
  process.exit(0)
}
process.once("SIGTERM", stop)
process.once("SIGINT", stop)
