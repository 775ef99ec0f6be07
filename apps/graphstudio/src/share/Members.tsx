import { type Account, endpoints, type MemberAnswer, Role } from "@nexus/protocol"
import { UserMinus } from "lucide-react"
import { sentence } from "../connect/sentence.ts"
import { Avatar } from "../ui/Avatar.tsx"
import { confirm } from "../ui/ask.ts"
import { IconButton } from "../ui/Button.tsx"
import { toast } from "../ui/toasts.ts"
import { say, sayAgain } from "../words/say.ts"
import { useDesk, useRole } from "../workspace/desk-context.ts"

interface MembersProps {
  readonly members: readonly MemberAnswer[]
  readonly onChanged: () => Promise<void>
}

/** Who is a member, with which role; an owner changes that. */
export function Members({ members, onChanged }: MembersProps) {
  const { api, workspace, user: self } = useDesk()
  const owner = useRole() === "owner"

  const change = async (user: Account, role: Role) => {
    try {
      await api.call(endpoints.setMember, { params: { workspace, user: user.id }, body: { role } })
    } catch (cause) {
      toast({ tone: "wrong", title: say("{name} keeps the same role", { name: user.name }), detail: sentence(cause) })
    }
    await onChanged()
  }
  const remove = async (user: Account) => {
    const text = say("{name} is out at once, wherever they have it open. What they did here stays.", {
      name: user.name,
    })
    if (
      !(await confirm({
        title: say("Remove {name}?", { name: user.name }),
        text,
        action: say("Remove"),
        tone: "wrong",
      }))
    )
      return
    try {
      await api.call(endpoints.removeMember, { params: { workspace, user: user.id } })
    } catch (cause) {
      toast({ tone: "wrong", title: say("{name} is still a member", { name: user.name }), detail: sentence(cause) })
    }
    await onChanged()
  }

  return (
    <section aria-labelledby="members" className="border-line border-t pt-4">
      <h3 id="members" className="mb-2 font-medium text-12 text-soft">
        {say("Members")}
      </h3>
      <ul aria-label={say("Members")} className="flex flex-col gap-1.5">
        {members.map(({ user, role }) => (
          <li key={user.id} className="flex items-center gap-2.5">
            <Avatar id={user.id} name={user.name} />
            <span className="min-w-0 flex-1">
              <span className="block truncate text-13">
                {user.id === self.id ? say("{name} (you)", { name: user.name }) : user.name}
              </span>
              <span className="block truncate text-12 text-soft">{user.email}</span>
            </span>
            {owner && user.id !== self.id ? (
              <>
                <select
                  aria-label={say("Role of {name}", { name: user.name })}
                  value={role}
                  onChange={(event) => change(user, Role.parse(event.currentTarget.value))}
                  className="h-7 rounded-control border border-line bg-surface px-1.5 text-12"
                >
                  <option value="owner">{say("owner")}</option>
                  <option value="editor">{say("editor")}</option>
                  <option value="viewer">{say("viewer")}</option>
                </select>
                <IconButton
                  small
                  label={say("Remove {name}", { name: user.name })}
                  icon={<UserMinus size={14} />}
                  onClick={() => remove(user)}
                />
              </>
            ) : (
              <span className="text-12 text-soft">{sayAgain(role)}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
