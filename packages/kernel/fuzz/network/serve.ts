import { mkdirSync } from "node:fs"
import { createServer } from "node:http"
import { join } from "node:path"
import { createSocketGateway } from "../../src/gateway/socket.ts"
import { createSqliteJournal } from "../../src/storage/sqlite-journal.ts"
import { createCore } from "./core.ts"

// A kernel's core in a process of its own, over real sockets and the real journal of a data folder: for being killed a
// thousand times. It prints where it is as `main.ts` does.
const dataDir = process.env.NEXUS_DATA ?? ""
mkdirSync(dataDir, { recursive: true })
const journal = await createSqliteJournal(join(dataDir, "journal.sqlite"))
const core = createCore(journal, 1, (message, detail) => console.error(message, detail))
await core.workspaces.create("home", "Home", { id: "ada", name: "Ada" })
const server = createServer()
createSocketGateway(server, {
  ...core,
  // Nobody signs out here.
  accounts: { ...core.accounts, endedAmong: async () => new Set<string>() },
  allowsOrigin: () => true,
  messagesPerSecond: 1_000_000,
  maxSockets: 100,
})
server.listen(0, "127.0.0.1", () => {
  const address = server.address()
  const port = typeof address === "object" && address ? address.port : 0
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}`, token: "ada" }))
})
process.once("SIGTERM", () => process.exit(0))
