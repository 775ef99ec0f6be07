const { LanguageClient } = require("vscode-languageclient/node")
const { workspace } = require("vscode")
const { serverCommand } = require("./server-command.cjs")

let client

/** Starts `nexus lsp` for the NXML documents of the window. */
async function activate() {
  const configured = workspace.getConfiguration("nexus").get("server", [])
  const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath)
  const { command, args } = serverCommand(configured, folders)
  client = new LanguageClient("nexus", "NXML", { command, args }, { documentSelector: [{ language: "nxml" }] })
  await client.start()
}

async function deactivate() {
  await client?.stop()
}

module.exports = { activate, deactivate }
