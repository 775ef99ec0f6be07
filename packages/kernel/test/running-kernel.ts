import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createSandbox } from "@nexus/wasm-bridge"
import pino from "pino"
import { createKernel, type Kernel, type KernelConfig } from "../src/index.ts"
import { WireClient } from "./wire-client.ts"

export interface RunningKernel {
  readonly kernel: Kernel
  readonly owner: { readonly token: string; readonly id: string }
  call(
    method: string,
    path: string,
    token: string,
    body?: object,
  ): Promise<{ status: number; body: Record<string, unknown> }>
  /** Somebody new, a member of `workspace` when a role is given. */
  person(name: string, workspace?: string, role?: string): Promise<{ token: string; id: string }>
  client(token: string): Promise<WireClient>
  close(): Promise<void>
}

/** A whole kernel on a free port with its own data folder and sandbox; TriLog reads from the journal. */
export async function runningKernel(config: Partial<KernelConfig> = {}): Promise<RunningKernel> {
  const directory = await mkdtemp(join(tmpdir(), "nexus-"))
  const sandbox = await createSandbox({ processes: 1 })
  const kernel = await createKernel(
    { dataDir: directory, trilog: "journal", ...config },
    { sandbox, log: pino({ level: "silent" }) },
  )
  const call: RunningKernel["call"] = async (method, path, token, body) => {
    const reply = await fetch(`${kernel.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await reply.text()
    return { status: reply.status, body: text ? JSON.parse(text) : {} }
  }
  const token = await kernel.token()
  const me = await call("GET", "/auth/me", token)
  const owner = { token, id: userIdOf(me.body) }
  return {
    kernel,
    owner,
    call,
    person: async (name, workspace, role) => {
      const email = `${name.toLowerCase()}@example.org`
      const { body } = await call("POST", "/auth/register", "none", { email, name, password: "correct horse battery" })
      const id = userIdOf(body)
      if (workspace && role) await call("PUT", `/workspaces/${workspace}/members/${id}`, token, { role })
      return { token: String(body.accessToken), id }
    },
    client: (of) => WireClient.signedIn(kernel.url, of),
    close: async () => {
      await kernel.close()
      await sandbox.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

function userIdOf(body: Record<string, unknown>): string {
  const user = "user" in body ? body.user : body
  if (typeof user === "object" && user !== null && "id" in user) return String(user.id)
  throw new Error(`no user in ${JSON.stringify(body)}`)
}
