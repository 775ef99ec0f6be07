import { Command as Cmdk } from "cmdk"
import { Search } from "lucide-react"
import { Dialog } from "radix-ui"
import { Keys } from "../ui/Keys.tsx"
import type { Command } from "./command.ts"
import { useCommands } from "./commands.ts"

const GROUPS = ["Panels", "Workspace", "Canvas", "Help"] as const

/** Everything, found by typing. */
export default function Palette({ onClose }: { readonly onClose: () => void }) {
  const commands = useCommands()
  const run = (command: Command) => {
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
          <Dialog.Title className="sr-only">Commands</Dialog.Title>
          <Cmdk label="Commands" loop>
            <div className="flex items-center gap-2.5 border-line border-b px-4">
              <Search size={16} className="text-faint" />
              <Cmdk.Input
                autoFocus
                placeholder="What do you want to do?"
                className="h-12 flex-1 bg-transparent text-14 outline-none placeholder:text-faint"
              />
            </div>
            <Cmdk.List className="max-h-[50vh] overflow-auto p-1.5">
              <Cmdk.Empty className="px-3 py-8 text-center text-13 text-soft">Nothing is called that.</Cmdk.Empty>
              {GROUPS.map((group) => (
                <Cmdk.Group
                  key={group}
                  heading={group}
                  className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-12 [&_[cmdk-group-heading]]:text-faint"
                >
                  {commands
                    .filter((command) => command.group === group)
                    .map((command) => (
                      <Cmdk.Item
                        key={command.label}
                        value={command.label}
                        onSelect={() => run(command)}
                        className="flex h-9 cursor-default select-none items-center gap-2 rounded-[7px] px-2.5 text-13 data-[selected=true]:bg-hover"
                      >
                        <span className="flex-1 truncate">{command.label}</span>
                        {command.shortcut ? <Keys shortcut={command.shortcut} /> : null}
                      </Cmdk.Item>
                    ))}
                </Cmdk.Group>
              ))}
            </Cmdk.List>
          </Cmdk>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
