import type { Command } from "commander"
import { type ExitCode, type Io, UsageError } from "../io.ts"

const SHELLS = ["bash", "zsh", "fish"]

/** Prints a completion script that knows every command and option of `program`. */
export function completion(io: Io, program: Command, shell: string): ExitCode {
  const commands = program.commands.map((command) => ({
    name: command.name(),
    options: command.options.flatMap(({ long }) => (long ? [long] : [])),
  }))
  const names = commands.map(({ name }) => name).join(" ")
  switch (shell) {
    case "bash":
    case "zsh": {
      const cases = commands.map(({ name, options }) => `    ${name}) words="${options.join(" ")}" ;;`).join("\n")
      io.out(`${shell === "zsh" ? "autoload -U bashcompinit && bashcompinit\n" : ""}_nexus() {
  local words="${names}"
  case "\${COMP_WORDS[1]}" in
${cases}
  esac
  [ "$COMP_CWORD" -eq 1 ] && words="${names}"
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _nexus nexus
`)
      return 0
    }
    case "fish": {
      io.out(`complete -c nexus -n __fish_use_subcommand -a "${names}"\n`)
      for (const { name, options } of commands) {
        for (const option of options) {
          io.out(`complete -c nexus -n "__fish_seen_subcommand_from ${name}" -l ${option.slice(2)}\n`)
        }
      }
      return 0
    }
    default:
      throw new UsageError(`completion knows ${SHELLS.join(", ")}, not "${shell}"`)
  }
}
