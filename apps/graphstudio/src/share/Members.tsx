import { type Account, endpoints, type MemberAnswer, Role } from "@nexus/protocol"
import { UserMinus } from "lucide-react"
import { sentence } from "../connect/sentence.ts"
import { Avatar } from "../ui/Avatar.tsx"
import { confirm } from "../ui/ask.ts"
import { IconButton } from "../ui/Button.tsx"
import { toast } from "../ui/toasts.ts"
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
      toast({ tone: "wrong", title: `${user.name} keeps the same role`, detail: sentence(cause) })
    }
    await onChanged()
  }
  const remove = async (user: Account) => {
    const text = `${user.name} is out at once, wherever they have it open. What they did here stays.`
    if (!(await confirm({ title: `Remove ${user.name}?`, text, action: "Remove", tone: "wrong" }))) return
    try {
      await api.call(endpoints.removeMember, { params: { workspace, user: user.id } })
    } catch (cause) {
      toast({ tone: "wrong", title: `${user.name} is still a member`, detail: sentence(cause) })
    }
    await onChanged()
  }

  return (
    <section aria-labelledby="members" className="border-line border-t pt-4">
      <h3 id="members" className="mb-2 font-medium text-12 text-soft">
        Members
      </h3>
      <ul aria-label="Members" className="flex flex-col gap-1.5">
        {members.map(({ user, role }) => (
          <li key={user.id} className="flex items-center gap-2.5">
            <Avatar id={user.id} name={user.name} />
            <span className="min-w-0 flex-1">
              <span className="block truncate text-13">{user.id === self.id ? `${user.name} (you)` : user.name}</span>
              <span className="block truncate text-12 text-soft">{user.email}</span>
            </span>
            {owner && user.id !== self.id ? (
              <>
                <select
                  aria-label={`Role of ${user.name}`}
                  value={role}
                  onChange={(event) => change(user, Role.parse(event.currentTarget.value))}
                  className="h-7 rounded-control border border-line bg-surface px-1.5 text-12"
                >
                  <option value="owner">owner</option>
                  <option value="editor">editor</option>
                  <option value="viewer">viewer</option>
                </select>
                <IconButton
                  small
                  label={`Remove ${user.name}`}
                  icon={<UserMinus size={14} />}
                  onClick={() => remove(user)}
                />
              </>
            ) : (
              <span className="text-12 text-soft">{role}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
