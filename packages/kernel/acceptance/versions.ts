import { expect, test } from "vitest"
import type { Files, NewVersion, Versions } from "../src/storage/versions.ts"

/** What every store of versions promises. `open` gives a fresh, empty store that is gone when its test is over. */
export function versionsAcceptance(open: () => Promise<{ readonly versions: Versions }>): void {
  const files = (state: string, more: Record<string, string> = {}): Files =>
    new Map(Object.entries({ "workspace.json": "{}\n", "panels/panel_1/state.json": state, ...more }))
  const version = (parent: string | undefined, content: Files, more: Partial<NewVersion> = {}): NewVersion => ({
    parent,
    files: content,
    message: "Moved Groceries",
    author: "Ada",
    atMs: Date.parse("2026-03-01T10:00:00Z"),
    seq: 1,
    ...more,
  })

  test("before the first commit there is nothing, and that is no error", async () => {
    const store = await open()
    expect(await store.versions.head("ws_1")).toBeUndefined()
    expect(await store.versions.history("ws_1", 10)).toEqual([])
    await expect(store.versions.resolve("ws_1", "main")).rejects.toMatchObject({ failure: { code: "not-found" } })
  })

  test("a commit gives back its files, byte for byte", async () => {
    const store = await open()
    const content = files("{}\n", {
      "panels/panel_1/panel.nxml": '<NexusPanel title="Größe 📏">\r\n\tdata 5\ndone\n</NexusPanel>',
      "panels/panel_2/panel.nxml": "",
      "nog.json": '{"a": "\\u0000"}',
    })
    const id = await store.versions.commit("ws_1", version(undefined, content))
    expect(id).toMatch(/^[0-9a-f]{40}$/)
    expect(await store.versions.head("ws_1")).toBe(id)
    expect(await store.versions.read("ws_1", id)).toEqual(content)
  })

  test("history is newest first and carries message, author, time and seq", async () => {
    const store = await open()
    const { versions } = store
    const first = await versions.commit("ws_1", version(undefined, files("1"), { seq: 4 }))
    const second = await versions.commit(
      "ws_1",
      version(first, files("2"), { message: "Two lines\n\n- and a list", author: "Grace <g@x>", seq: 9 }),
    )
    const history = await versions.history("ws_1", 10)
    expect(history.map(({ id }) => id)).toEqual([second, first])
    expect(history[0]).toMatchObject({ message: "Two lines\n\n- and a list", seq: 9 })
    expect(history[0]?.author).toMatch(/^Grace/)
    expect(history[1]).toEqual({
      id: first,
      message: "Moved Groceries",
      author: "Ada",
      atMs: Date.parse("2026-03-01T10:00:00Z"),
      parents: [],
      seq: 4,
    })
    expect(history[0]?.parents).toEqual([first])
    expect(await versions.history("ws_1", 1)).toHaveLength(1)
  })

  test("a file that is gone from a commit is gone, and older commits keep it", async () => {
    const store = await open()
    const { versions } = store
    const first = await versions.commit("ws_1", version(undefined, files("1", { "panels/panel_2/panel.nxml": "<x/>" })))
    const second = await versions.commit("ws_1", version(first, files("1")))
    expect((await versions.read("ws_1", second)).has("panels/panel_2/panel.nxml")).toBe(false)
    expect((await versions.read("ws_1", first)).get("panels/panel_2/panel.nxml")).toBe("<x/>")
  })

  test("nothing new to commit is a conflict", async () => {
    const store = await open()
    const first = await store.versions.commit("ws_1", version(undefined, files("1")))
    await expect(store.versions.commit("ws_1", version(first, files("1")))).rejects.toMatchObject({
      failure: { code: "conflict" },
    })
  })

  test("of commits made on the same parent one wins and nothing of the others is seen", async () => {
    const store = await open()
    const { versions } = store
    const first = await versions.commit("ws_1", version(undefined, files("1")))
    const tries = await Promise.allSettled(
      ["2", "3", "4"].map((state) => versions.commit("ws_1", version(first, files(state)))),
    )
    const won = tries.filter((result) => result.status === "fulfilled")
    expect(won).toHaveLength(1)
    for (const lost of tries) {
      if (lost.status === "rejected") expect(lost.reason).toMatchObject({ failure: { code: "conflict" } })
    }
    expect(await versions.history("ws_1", 10)).toHaveLength(2)
    expect(await versions.head("ws_1")).toBe(won[0]?.value)
  })

  test("a commit on a parent that is no longer the newest is a conflict", async () => {
    const store = await open()
    const { versions } = store
    const first = await versions.commit("ws_1", version(undefined, files("1")))
    await versions.commit("ws_1", version(first, files("2")))
    for (const parent of [first, undefined]) {
      await expect(versions.commit("ws_1", version(parent, files("3")))).rejects.toMatchObject({
        failure: { code: "conflict" },
      })
    }
  })

  test("workspaces are apart", async () => {
    const store = await open()
    const { versions } = store
    const id = await versions.commit("ws_1", version(undefined, files("1")))
    await versions.commit("ws_2", version(undefined, files("2")))
    await expect(versions.resolve("ws_2", id)).rejects.toMatchObject({ failure: { code: "not-found" } })
  })

  test("an id, the start of one and a branch name the commit", async () => {
    const store = await open()
    const { versions } = store
    const id = await versions.commit("ws_1", version(undefined, files("1")))
    for (const ref of [id, id.slice(0, 8), "main"]) expect(await versions.resolve("ws_1", ref)).toBe(id)
  })

  test("branches go their own ways and have one past in common", async () => {
    const store = await open()
    const { versions } = store
    const first = await versions.commit("ws_1", version(undefined, files("1")))
    await versions.moveRef("ws_1", { kind: "branch", name: "try/out" }, { before: undefined, after: first })
    const ours = await versions.commit("ws_1", version(first, files("2")))
    const theirs = await versions.commit("ws_1", version(first, files("3"), { branch: "try/out" }))
    expect([await versions.head("ws_1"), await versions.head("ws_1", "try/out")]).toEqual([ours, theirs])
    expect(await versions.resolve("ws_1", "try/out")).toBe(theirs)
    expect(await versions.mergeBase("ws_1", ours, theirs)).toBe(first)
    const merged = await versions.commit("ws_1", version(ours, files("2"), { merged: theirs }))
    expect((await versions.history("ws_1", 1, merged))[0]?.parents).toEqual([ours, theirs])
    expect(await versions.history("ws_1", 10, merged)).toHaveLength(4)
    const apart = await versions.commit("ws_1", version(undefined, files("9"), { branch: "apart" }))
    expect(await versions.mergeBase("ws_1", merged, apart)).toBeUndefined()
  })

  test("a name moves only from where one believes it to be", async () => {
    const store = await open()
    const { versions } = store
    const first = await versions.commit("ws_1", version(undefined, files("1")))
    const second = await versions.commit("ws_1", version(first, files("2")))
    for (const kind of ["branch", "tag", "remote"] as const) {
      const place = { kind, name: "v1.0" }
      await versions.moveRef("ws_1", place, { before: undefined, after: first })
      const lost = [
        { before: undefined, after: second },
        { before: second, after: first },
        { before: second, after: undefined },
      ]
      for (const move of lost) {
        await expect(versions.moveRef("ws_1", place, move)).rejects.toMatchObject({ failure: { code: "conflict" } })
      }
      await versions.moveRef("ws_1", place, { before: first, after: second })
    }
    expect(
      (await versions.refs("ws_1")).map(({ kind, name, commit }) => `${kind} ${name} ${commit === second}`),
    ).toEqual(["branch main true", "branch v1.0 true", "remote v1.0 true", "tag v1.0 true"])
    await versions.moveRef("ws_1", { kind: "tag", name: "v1.0" }, { before: second, after: undefined })
    expect((await versions.refs("ws_1")).map(({ kind }) => kind)).toEqual(["branch", "branch", "remote"])
  })

  test("files that are none of ours stay where they are", async () => {
    const store = await open()
    const { versions } = store
    const first = await versions.commit("ws_1", version(undefined, files("1", { "README.md": "# Hello\n" })))
    const owns = (path: string) => path !== "README.md"
    const second = await versions.commit("ws_1", version(first, new Map([["workspace.json", "[]\n"]]), { owns }))
    expect(await versions.read("ws_1", second)).toEqual(
      new Map([
        ["README.md", "# Hello\n"],
        ["workspace.json", "[]\n"],
      ]),
    )
    const same = version(second, new Map([["workspace.json", "[]\n"]]), { owns })
    await expect(versions.commit("ws_1", same)).rejects.toMatchObject({ failure: { code: "conflict" } })
  })

  test("the persons whose work a version holds are told with it", async () => {
    const store = await open()
    await store.versions.commit("ws_1", version(undefined, files("1"), { persons: ["Ada", "Grace\nNexus-Seq: 4"] }))
    expect((await store.versions.history("ws_1", 1))[0]).toMatchObject({
      message: "Moved Groceries",
      persons: ["Ada", "Grace Nexus-Seq: 4"],
      seq: 1,
    })
  })

  test("a name that could be an option, a path or a commit is no name", async () => {
    const store = await open()
    const first = await store.versions.commit("ws_1", version(undefined, files("1")))
    const hostile = [
      "--force",
      "-d",
      "a b",
      "a..b",
      "../main",
      "a/../b",
      "a.lock",
      "a//b",
      "/a",
      "a/",
      ".a",
      "a.",
      "a@{0}",
      "HEAD",
      "refs/heads/x",
      "deadbeef",
      "a~1",
      "a^",
      "a:b",
      "a\nb",
      "a\0b",
      "*",
      "",
    ]
    for (const name of hostile) {
      const moving = store.versions.moveRef("ws_1", { kind: "branch", name }, { before: undefined, after: first })
      await expect(moving, JSON.stringify(name)).rejects.toMatchObject({ failure: { code: "invalid-input" } })
    }
    expect(await store.versions.refs("ws_1")).toHaveLength(1)
  })

  test("a ref that is not the name of a commit is refused, whatever it looks like", async () => {
    const store = await open()
    const { versions } = store
    await versions.commit("ws_1", version(undefined, files("1")))
    const hostile = [
      "--output=/tmp/nexus-owned",
      "-c",
      "-ccore.fsmonitor=id",
      "--upload-pack=id",
      "../../etc/passwd",
      "main..main",
      "main^{/id}",
      "HEAD@{1}",
      ":/Moved",
      ":0:workspace.json",
      "main:workspace.json",
      "main\n--all",
      "main\0",
      " main",
      "$(id)",
      "`id`",
      "'; id;'",
      "",
      "a".repeat(201),
      "ﬁ",
    ]
    for (const ref of hostile) {
      const error = await versions.resolve("ws_1", ref).catch((reason: unknown) => reason)
      expect(error, JSON.stringify(ref)).toMatchObject({
        failure: { code: expect.stringMatching(/invalid-input|not-found/) },
      })
    }
    for (const unknown of ["0".repeat(40), "deadbee", "no/such/branch", "main/x", "FETCH_HEAD"]) {
      await expect(versions.resolve("ws_1", unknown)).rejects.toMatchObject({ failure: { code: "not-found" } })
    }
  })
}
