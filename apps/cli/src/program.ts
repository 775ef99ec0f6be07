import { NexusError } from "@nexus/protocol"
import { Command, CommanderError, Option } from "commander"
import { completion } from "./commands/completion.ts"
import { type ExitCode, type Io, printJson, UsageError } from "./io.ts"

/**
 * Runs one command line. Never throws: every end is an exit code, 0 well, 1 found errors, 2 used wrongly. A command's
 * code is imported when it is called, so that `nexus check` does not wait for a kernel to load.
 */
export async function runCli(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = 0
  const program = createProgram(io, (ended) => {
    code = ended
  })
  try {
    await program.parseAsync([...argv], { from: "user" })
    return code
  } catch (error) {
    return explain(error, io, argv.includes("--json"))
  }
}

function explain(error: unknown, io: Io, json: boolean): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof UsageError) {
    io.err(`${error.message}\n`)
    return 2
  }
  if (error instanceof NexusError) {
    if (json) printJson(io, { failure: { ...error.failure, message: error.message } })
    else io.err(`${error.message}\n`)
    return 1
  }
  if (error instanceof Error && "code" in error && typeof error.code === "string") {
    io.err(`${fileSentence(error.code, error.message)}\n`)
    return 2
  }
  io.err(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return 1
}

/** What the system says of a file, with the next step where there is one. */
function fileSentence(code: string, message: string): string {
  switch (code) {
    case "EISDIR":
      return `${message}. Name its files, such as DIR/*/panel.nxml.`
    case "ENOENT":
      return `${message}. Check the name; it counts from the folder you are in.`
    default:
      return message
  }
}

function createProgram(io: Io, ended: (code: ExitCode) => void): Command {
  const program = new Command("nexus")
    .description("Nexus: a panel-based reactive workspace. One command line for panels and servers.")
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .showHelpAfterError("(nexus --help lists the commands)")
  const command = (signature: string, description: string) =>
    program.command(signature).description(description).option("--json", "one JSON document on standard output")

  command("serve", "run the whole system on this machine")
    .option("--data <dir>", "where everything is kept", ".nexus")
    .option("--database <url>", "a PostgreSQL server for journal and accounts; absent: NEXUS_DATABASE, else SQLite")
    .option("--host <host>", "address to listen on", "127.0.0.1")
    .option("--port <port>", "port to listen on; 0 takes a free one", "4400")
    .addOption(
      new Option("--engine <engine>", "which WebAssembly engine; absent: NEXUS_SANDBOX_ENGINE, else v8").choices([
        "v8",
        "wasmedge",
      ]),
    )
    .action(async (options) => ended(await (await import("./commands/serve.ts")).serve(io, options)))

  command("check", "say what is wrong with panels")
    .argument("<file...>", "NXML files; - is standard input")
    .option("--package <folder>", "a package whose components may be used; may be repeated", collect, [])
    .action(async (files, options) => ended(await (await import("./commands/check.ts")).check(io, files, options)))

  command("fmt", "write panels in the one layout")
    .argument("<file...>", "NXML files; - is standard input")
    .option("--check", "change nothing, fail when a file is not formatted")
    .option("--xml", "also make them well-formed XML, for tools that know no NXML")
    .action(async (files, options) => ended(await (await import("./commands/fmt.ts")).fmt(io, files, options)))

  command("eval", "evaluate one binding expression")
    .argument("<expression>", "such as '$state.items.length'")
    .option("--state <json>", "the states by name")
    .action(async (expression, options) =>
      ended((await import("./commands/eval.ts")).evaluate(io, expression, options)),
    )

  command("render", "print a panel as HTML")
    .argument("<file>", "an NXML file; - is standard input")
    .option("--state <json>", "states that differ from their defaults")
    .option("--with <file>", "another panel, for Embed and Import; may be repeated", collect, [])
    .option("--package <folder>", "a package whose components may be used; may be repeated", collect, [])
    .action(async (file, options) => ended(await (await import("./commands/render.ts")).render(io, file, options)))

  command("install", "put a package of components into a workspace of a running server")
    .argument("<folder>", "a folder with package.json, and Name.nxml and Name.json for each component")
    .option("--server <url>", "where the server is", "http://127.0.0.1:4400")
    .option("--workspace <id>", "the workspace", "home")
    .option("--token <token>", "an access token; absent: NEXUS_TOKEN of the environment")
    .action(async (folder, options) =>
      ended(await (await import("./commands/install.ts")).install(io, folder, options)),
    )

  const asking = (of: Command, signature: string, description: string) =>
    of
      .command(signature)
      .description(description)
      .option("--json", "one JSON document on standard output")
      .option("--server <url>", "where the server is", "http://127.0.0.1:4400")
      .option("--token <token>", "an access token; absent: NEXUS_TOKEN of the environment")

  asking(program, "export", "write a workspace of a running server into one ZIP")
    .option("--workspace <id>", "the workspace", "home")
    .option("--history", "with every change that led here")
    .option("--out <file>", "where to; absent: the workspace's id and .zip")
    .action(async (options) => ended(await (await import("./commands/export.ts")).exportWorkspace(io, options)))

  asking(program, "import", "make a new workspace on a running server of an exported one")
    .argument("<file>", "a ZIP that export wrote")
    .option("--name <name>", "what it is called; absent: as the one that was exported")
    .action(async (file, options) =>
      ended(await (await import("./commands/import.ts")).importWorkspace(io, file, options)),
    )

  const audit = program.command("audit").description("the audit log of a running server")
  asking(audit, "verify", "whether the log is as it was written; exit 1 when it is not")
    .option("--head <n:hash>", "a head noted earlier, which must still be part of it")
    .action(async (options) => ended(await (await import("./commands/audit.ts")).verifyAudit(io, options)))

  asking(program, "tier", "what a workspace may use, and giving it another tier")
    .argument("<workspace>", "its id")
    .argument("[tier]", "free, pro or enterprise; absent: only say what it has")
    .action(async (workspace, wanted, options) =>
      ended(await (await import("./commands/tier.ts")).tier(io, workspace, wanted, options)),
    )

  command("build", "write panels in their compiled form, .nxb")
    .argument("<file...>", "NXML files; with --back compiled ones")
    .option("--out <file>", "where to; absent: beside the file")
    .option("--back", "the NXML that a compiled panel carries")
    .option("--no-source", "leave out source and handlers' code, for viewers; there is no way back")
    .action(async (files, options) => ended(await (await import("./commands/build.ts")).build(io, files, options)))

  command("run", "run one handler in the real sandbox")
    .argument("<file>", "an NXML file; - is standard input")
    .argument("<handler>", "the handler's name")
    .option("--args <json>", "its $args")
    .option("--state <json>", "states that differ from their defaults")
    .option("--grant <type:scope>", "grant a capability; may be repeated", collect, [])
    .addOption(new Option("--engine <engine>", "which WebAssembly engine").choices(["v8", "wasmedge"]).default("v8"))
    .option("--cpu-ms <n>", "CPU budget of a turn in milliseconds", "5000")
    .option("--memory-mb <n>", "memory budget in MB", "128")
    .action(async (file, handler, options) =>
      ended(await (await import("./commands/run.ts")).run(io, file, handler, options)),
    )

  const recorded = (signature: string, description: string) =>
    command(signature, description)
      .option("--data <dir>", "the data folder that holds the records; a server may be using it", ".nexus")
      .option("--server <url>", "ask a running server instead")
      .option("--workspace <id>", "the workspace; absent: home of a server, every one of a data folder")
      .option("--token <token>", "an access token for the server; absent: NEXUS_TOKEN of the environment")
      .addOption(new Option("--engine <engine>", "which WebAssembly engine").choices(["v8", "wasmedge"]).default("v8"))
      .option("--panel <panel>", "the panel, by id or title")

  recorded("replay", "run recorded runs once more, and say where they come out differently")
    .argument("[run...]", "ids of runs")
    .option("--all", "every run that was recorded")
    .option("--limit <n>", "at most so many of them, the newest", "10000")
    .action(async (runs, options) => ended(await (await import("./commands/replay.ts")).replay(io, runs, options)))

  recorded("test", "run what was triggered before against a changed panel")
    .argument("<file>", "the changed panel, an NXML file; - is standard input")
    .option("--from-history", "take recorded runs of the panel with the same title, or of --panel")
    .option("--since <time>", "those of the last 30m, 24h, 7d")
    .option("--limit <n>", "at most so many of them, the newest", "1000")
    .action(async (file, options) => ended(await (await import("./commands/test.ts")).test(io, file, options)))

  program
    .command("lsp")
    .description("speak the Language Server Protocol, for editors")
    .option("--stdio", "on standard input and output, as always")
    .action(async () => ended(await (await import("./commands/lsp.ts")).lsp(io)))

  command("schema", "print the schema of NXML, for other editors and tools")
    .addOption(
      new Option("--format <format>", "of the XML, or of a panel as data").choices(["xsd", "json"]).default("xsd"),
    )
    .action(async (options) => ended((await import("./commands/schema.ts")).schema(io, options)))

  command("doctor", "what this machine has and lacks, and what to do").action(async (options) =>
    ended(await (await import("./commands/doctor.ts")).doctor(io, options)),
  )

  program
    .command("completion")
    .description("print a completion script for a shell")
    .argument("<shell>", "bash, zsh or fish")
    .action((shell) => ended(completion(io, program, shell)))

  return program
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value]
}
