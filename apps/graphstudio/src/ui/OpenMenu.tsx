import { DropdownMenu } from "radix-ui"
import { classNames } from "./class-names.ts"
import { Keys } from "./Keys.tsx"
import type { MenuProps } from "./menu-props.ts"

/** The menu itself, open as soon as it is here. */
export default function OpenMenu({ trigger, items, header, align = "start", onClose }: MenuProps) {
  const pictured = items.some((item) => item !== "line" && item.icon)
  return (
    <DropdownMenu.Root modal={false} defaultOpen onOpenChange={(open) => !open && onClose?.()}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="nx-rise z-[55] min-w-52 rounded-sheet border border-line bg-raised p-1 shadow-float outline-none"
        >
          {header}
          {items.map((item, index) =>
            item === "line" ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line has nothing else to be known by
              <DropdownMenu.Separator key={index} className="my-1 h-px bg-line" />
            ) : (
              <DropdownMenu.Item
                key={item.label}
                disabled={item.disabled ?? false}
                onSelect={item.run}
                className={classNames(
                  "flex h-8 phone:h-11 phone:text-14 cursor-default select-none items-center gap-2.5 rounded-[7px] px-2.5 text-13 outline-none data-[disabled]:opacity-45 data-[highlighted]:bg-hover",
                  item.tone === "wrong" && "text-wrong",
                )}
              >
                {pictured ? (
                  <span className={classNames("inline-flex w-4", item.tone !== "wrong" && "text-soft")}>
                    {item.icon}
                  </span>
                ) : null}
                <span className="flex-1">{item.label}</span>
                {item.shortcut ? <Keys shortcut={item.shortcut} /> : null}
              </DropdownMenu.Item>
            ),
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
