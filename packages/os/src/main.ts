import { createAssistantServer } from "./serve/assistant-server.ts"

/** The assistant alone, configured by its environment; `nexus serve` mounts it in the kernel's process instead. */
const { NEXUS_KERNEL_URL, OPENAI_API_KEY, OPENAI_BASE_URL, NEXUS_MODEL } = process.env
if (!NEXUS_KERNEL_URL) {
  console.error("Set NEXUS_KERNEL_URL to where the kernel answers, such as http://nexus-kernel:4400.")
  process.exit(2)
}

const server = await createAssistantServer({
  kernelUrl: NEXUS_KERNEL_URL.replace(/\/$/, ""),
  host: process.env.HOST ?? "127.0.0.1",
  port: Number(process.env.PORT ?? 4500),
  // A model on one's own machine takes any key.
  ...(NEXUS_MODEL && (OPENAI_API_KEY || OPENAI_BASE_URL)
    ? { model: { apiKey: OPENAI_API_KEY ?? "none", name: NEXUS_MODEL, baseUrl: OPENAI_BASE_URL } }
    : {}),
})
console.log(`The assistant answers at ${server.url}`)

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void server.close().then(() => process.exit(0)))
}
