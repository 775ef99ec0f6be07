import { Command as Cmdk } from "cmdk"
import { Search } from "lucide-react"
import { Dialog } from "radix-ui"
import { useState } from "react"
import { DrawnKeys } from "../ui/Keys.tsx"
import { currentKey, keyName, useOwnKeys } from "../ui/own-keys.ts"
import { say } from "../words/say.ts"
import type { Command } from "./command.ts"
import { useCommands } from "./commands.ts"
import { noteCommand, recentCommands } from "./recent-commands.ts"
import { usePlaces } from "./use-places.ts"

const GROUPS: readonly { readonly group: Command["group"]; readonly title: string }[] = [
  { group: "Panels", title: say("Panels") },
  { group: "Workspace", title: say("Workspace") },
  { group: "Canvas", title: say("Canvas") },
  { group: "Settings", title: say("Settings") },
  { group: "Help", title: say("Help") },
  { group: "Places", title: say("Places") },
]

/** Everything, found by typing; what was chosen last stands first until something is typed. */
export default function Palette({ onClose }: { readonly onClose: () => void }) {
  const commands = useCommands()
  const places = usePlaces()
  const [text, setText] = useState("")
  const [recent] = useState(recentCommands)
  const all = [...commands, ...places]
  const again = text === "" ? recent.flatMap((name) => all.find((command) => keyName(command) === name) ?? []) : []
  const run = (command: Command) => {
    noteCommand(keyName(command))
    onClose()
    command.run()
  }
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="nx-fade fixed inset-0 z-50 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="nx-rise -translate-x-1/2 fixed top-[14vh] left-1/2 z-50 w-[560px] max-w-[calc(100vw-32px)] overflow-hidden rounded-sheet border border-line bg-raised shadow-float outline-none"
        >
          <Dialog.Title className="sr-only">{say("Commands")}</Dialog.Title>
          <Cmdk label={say("Commands")} loop>
            <div className="flex items-center gap-2.5 border-line border-b px-4">
              <Search size={16} className="text-faint" />
              <Cmdk.Input
                autoFocus
                value={text}
                onValueChange={setText}
                placeholder={say("What do you want to do?")}
                className="h-12 flex-1 bg-transparent text-14 outline-none placeholder:text-faint"
              />
            </div>
            <Cmdk.List label={say("Commands")} className="max-h-[50vh] overflow-auto p-1.5">
              <Cmdk.Empty className="px-3 py-8 text-center text-13 text-soft">
                {say("Nothing is called that.")}
              </Cmdk.Empty>
              {again.length > 0 ? <Group title={say("Recent")} prefix="recent " commands={again} onRun={run} /> : null}
              {GROUPS.map(({ group, title }) => (
                <Group
                  key={group}
                  title={title}
                  // What leads elsewhere is many: it is there for who types.
                  commands={group === "Places" && text === "" ? [] : all.filter((command) => command.group === group)}
                  onRun={run}
                />
              ))}
            </Cmdk.List>
          </Cmdk>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

interface GroupProps {
  readonly title: string
  /** Tells a command that stands in two groups apart. */
  readonly prefix?: string
  readonly commands: readonly Command[]
  readonly onRun: (command: Command) => void
}

function Group({ title, prefix = "", commands, onRun }: GroupProps) {
  const keys = useOwnKeys((state) => state.keys)
  if (commands.length === 0) return null
  return (
    <Cmdk.Group
      heading={title}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-12 [&_[cmdk-group-heading]]:text-faint"
    >
      {commands.map((command) => {
        const key = currentKey(keyName(command), command.shortcut, keys)
        return (
          <Cmdk.Item
            key={command.label}
            value={`${prefix}${command.label}`}
            onSelect={() => onRun(command)}
            className="flex h-9 cursor-default select-none items-center gap-2 rounded-[7px] px-2.5 text-13 data-[selected=true]:bg-hover"
          >
            <span className="flex-1 truncate">{command.label}</span>
            {key ? <DrawnKeys shortcut={key} /> : null}
          </Cmdk.Item>
        )
      })}
    </Cmdk.Group>
  )
}
