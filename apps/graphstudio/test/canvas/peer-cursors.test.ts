import { expect, it } from "vitest"
import { peerCursors } from "../../src/canvas/peer-cursors.ts"

const peer = (user: string, presence: object) => ({
  session: `s-${user}`,
  user,
  name: user,
  role: "editor" as const,
  presence: JSON.parse(JSON.stringify(presence)),
})

it("pointers are those of others, as far as their clients say a place", () => {
  const peers = [
    peer("ann", { cursor: { x: 1, y: 2 } }),
    peer("bob", { cursor: { x: 3, y: 4 }, selection: [] }),
    peer("eve", { cursor: { x: "far", y: 0 } }),
    peer("joe", { cursor: null }),
    peer("sue", {}),
  ]
  expect(peerCursors(peers, "ann")).toEqual([{ session: "s-bob", user: "bob", name: "bob", x: 3, y: 4 }])
})
