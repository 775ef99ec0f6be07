// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from "vitest"
import { createConnection } from "../../src/client/index.ts"
import { accepts, refuseFile, sizeInWords } from "../../src/react/file/accept.ts"
import {
  createLivePanel,
  createPreviewPanel,
  type LivePanelOptions,
  type WorkspaceFile,
  type WorkspaceFiles,
} from "../../src/react/index.ts"
import { panelFrom, panelOf, sourceOf } from "../world/panel.ts"
import { type Screen, show } from "../world/screen.ts"
import { HandClock, panelWith, TestServer, WORKSPACE } from "../world/server.ts"

const screens: Screen[] = []
afterEach(() => {
  for (const screen of screens.splice(0)) screen.close()
})

interface Sending {
  readonly file: File
  readonly signal: AbortSignal
  progress(share: number): void
  keep(): void
  fail(message: string): void
}

/** A workspace that keeps files when the test says so. */
function memoryFiles(maxBytes = 50 * 1024 * 1024) {
  const sendings: Sending[] = []
  const open = new Set<string>()
  const released: string[] = []
  const files: WorkspaceFiles = {
    maxBytes,
    upload: (file, onProgress, signal) =>
      new Promise<WorkspaceFile>((resolve, reject) => {
        sendings.push({
          file,
          signal,
          progress: onProgress,
          keep: () => resolve({ id: `file_${sendings.length}`, name: file.name, type: file.type, size: file.size }),
          fail: (message) => reject(new Error(message)),
        })
      }),
    open: async (id) => {
      open.add(id)
      return { url: `blob:https://nexus/${id}`, release: () => released.push(id) }
    },
  }
  return { files, sendings, open, released }
}

async function world(attributes: string, options: Partial<LivePanelOptions> = {}, state = {}) {
  const source = sourceOf({
    data: '<State name="one" type="object"/><State name="many" type="list"/><State name="seen" type="number"/>',
    view: `<File label="Receipt" ${attributes}/><Image alt="It" src="{$state.one}"/>`,
  })
  const server = new TestServer([panelWith({ one: {}, many: [], seen: 0, ...state }, source)])
  const mirror = createConnection({
    url: "ws://t",
    token: async () => "ann",
    clock: new HandClock(),
    openSocket: server.openSocket,
  }).open(WORKSPACE)
  await server.settle()
  const live = createLivePanel({ id: "p", panel: panelFrom(source), mirror, ...options })
  const screen = await show(live)
  screens.push(screen)
  const choose = (...chosen: File[]) =>
    screen.rest(async () => {
      const input = screen.find<HTMLInputElement>("input[type=file]")
      Object.defineProperty(input, "files", { value: chosen, configurable: true })
      input.dispatchEvent(new Event("change", { bubbles: true }))
    })
  const settle = () => screen.rest(() => server.settle())
  return { server, live, screen, choose, settle }
}

const file = (name: string, bytes: number, type = "") => new File([new Uint8Array(bytes)], name, { type })

describe("File", () => {
  it("takes nothing where no workspace stands behind it, and says why", async () => {
    const screen = await show(createPreviewPanel(panelOf({ view: '<File label="Receipt"/>' })))
    screens.push(screen)
    expect(screen.find<HTMLButtonElement>("button").disabled).toBe(true)
    const hint = document.getElementById(screen.find("button").getAttribute("aria-describedby") ?? "")
    expect(hint?.textContent).toContain("Files are taken in the studio")
  })

  it("is a named group whose button says what it does and what is taken", async () => {
    const { files } = memoryFiles()
    const { screen } = await world('bind="$state.one" accept="image/*,.pdf" max="2"', { files })
    const group = screen.find("[role=group]")
    expect(document.getElementById(group.getAttribute("aria-labelledby") ?? "")?.textContent).toBe("Receipt")
    expect(screen.find("button").textContent).toBe("Choose a file")
    expect(screen.find(".nx-file-hint").textContent).toBe("or drop it here · image/*, .pdf · up to 2 MB")
  })

  it("shows how far a file is, then binds a note of it and shows it", async () => {
    const { files, sendings, open, released } = memoryFiles()
    const { live, screen, choose, settle } = await world('bind="$state.one" onChange="$state.seen = $event.size"', {
      files,
    })
    await choose(file("a.png", 300, "image/png"))
    await screen.rest(() => sendings[0]?.progress(0.426))
    expect(screen.find<HTMLProgressElement>("progress").value).toBe(0.426)
    expect(screen.find("[aria-busy=true]").textContent).toContain("42%")
    await screen.rest(() => sendings[0]?.keep())
    await settle()
    expect(live.state).toMatchObject({ one: { id: "file_1", name: "a.png", type: "image/png", size: 300 }, seen: 300 })
    expect(screen.find("[role=status]").textContent).toBe("a.png is in the workspace.")
    expect(screen.find<HTMLImageElement>("img").getAttribute("src")).toBe("blob:https://nexus/file_1")
    await screen.click("[aria-label='Take a.png out']")
    await settle()
    expect(live.state.one).toBeNull()
    expect([...open]).toEqual(released)
  })

  it("keeps several, also those that end at the same time, and takes one out again", async () => {
    const { files, sendings } = memoryFiles()
    const { live, screen, choose, settle } = await world('bind="$state.many" multiple="true"', { files })
    await choose(file("a.txt", 1), file("b.txt", 2))
    await screen.rest(() => {
      for (const sending of sendings) sending.keep()
    })
    await settle()
    const names = () => (live.state.many as unknown as WorkspaceFile[]).map(({ name }) => name)
    expect(names()).toEqual(["a.txt", "b.txt"])
    await screen.click("[aria-label='Take a.txt out']")
    await settle()
    expect(names()).toEqual(["b.txt"])
  })

  it("can be stopped, which leaves nothing behind", async () => {
    const { files, sendings } = memoryFiles()
    const { live, screen, choose, settle } = await world('bind="$state.one"', { files })
    await choose(file("a.txt", 1))
    await screen.click("[aria-label='Stop sending a.txt']")
    expect(sendings[0]?.signal.aborted).toBe(true)
    await screen.rest(() => sendings[0]?.keep())
    await settle()
    expect(live.state.one).toEqual({})
    expect(screen.element.querySelector("progress")).toBeNull()
  })

  it("stops what is under way when it leaves the screen", async () => {
    const { files, sendings } = memoryFiles()
    const { screen, choose } = await world('bind="$state.one"', { files })
    await choose(file("a.txt", 1))
    screens.splice(0)
    screen.close()
    expect(sendings[0]?.signal.aborted).toBe(true)
  })

  it("refuses before it sends, with the limit in the sentence", async () => {
    const { files, sendings } = memoryFiles()
    const { screen, choose } = await world('bind="$state.many" multiple="true" accept="image/*" max="1"', { files })
    await choose(file("big.png", 3 * 1024 * 1024, "image/png"), file("a.exe", 1))
    expect(sendings).toEqual([])
    const said = screen.find("[role=alert]").textContent
    expect(said).toContain('"big.png" has 3 MB; at most 1 MB are taken here.')
    expect(said).toContain('"a.exe" is not of the kinds taken here: image/*.')
  })

  it("says what the workspace said when it refuses", async () => {
    const { files, sendings } = memoryFiles()
    const { screen, choose } = await world('bind="$state.one"', { files })
    await choose(file("a.txt", 1))
    await screen.rest(() => sendings[0]?.fail("The quota for files of this workspace, in bytes is used up (9 of 10)."))
    expect(screen.find("[role=alert]").textContent).toContain('"a.txt" was not kept. The quota for files')
  })

  it("takes what is dropped on it", async () => {
    const { files, sendings } = memoryFiles()
    const { screen } = await world('bind="$state.one"', { files })
    await screen.rest(() => {
      const drop = new Event("drop", { bubbles: true, cancelable: true })
      Object.defineProperty(drop, "dataTransfer", { value: { files: [file("dropped.txt", 1)] } })
      screen.find(".nx-file-drop").dispatchEvent(drop)
    })
    expect(sendings.map(({ file: sent }) => sent.name)).toEqual(["dropped.txt"])
  })
})

describe("what is taken", () => {
  it("is told by kind, by type and by ending", () => {
    const png = { name: "A.PNG", type: "image/png" }
    expect(["", "image/*", "image/png", ".png", ".pdf, image/*"].map((accept) => accepts(accept, png))).toEqual([
      true,
      true,
      true,
      true,
      true,
    ])
    expect(["image/gif", ".pdf", "video/*"].map((accept) => accepts(accept, png))).toEqual([false, false, false])
    expect(refuseFile({ ...png, size: 5 }, "image/*", 5)).toBeUndefined()
  })

  it("sizes are said as people read them", () => {
    expect([0, 1, 1023, 1024, 1536, 1048576, 1572864, 50 * 1048576, 3 * 1024 ** 3].map(sizeInWords)).toEqual([
      "0 bytes",
      "1 byte",
      "1023 bytes",
      "1 KB",
      "2 KB",
      "1 MB",
      "1.5 MB",
      "50 MB",
      "3 GB",
    ])
  })
})
