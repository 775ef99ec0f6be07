import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect, test } from "vitest"
import { expectPanel, panel, picture } from "./browser.ts"
import { tellStory } from "./story.ts"

/*
 * Files, pictures, tabs, panels in panels and components of a package, in a real browser under the page's own policy:
 * what is chosen reaches the disk, comes back with the token and is shown by an address of the page alone.
 */

const story = tellStory(({ context }) => context.setDefaultTimeout(8000))
const PICTURE = join(import.meta.dirname, "../gallery/budget/picture.png")
const components = new URL("../gallery/components/", import.meta.url)

const ALBUM = `<NexusPanel title="Album">
  <Data>
    <State name="open" type="string" default="settings"/>
    <State name="photo" type="object"/>
    <State name="papers" type="list" default="[]"/>
    <State name="score" type="number" default="3"/>
    <State name="warmth" type="number" default="20.5"/>
    <State name="day" type="string" default="2026-03-09"/>
    <State name="days" type="list" default='["Mon", "Wed"]'/>
  </Data>
  <View>
    <Tabs label="Album" bind="$state.open">
      <Tab name="photos" label="Photos" badge="{$state.papers.length}">
        <File label="Photo" bind="$state.photo" accept="image/*" max="5"/>
        <Image src="{$state.photo}" alt="The chosen photo" ratio="16/9" caption="As it was uploaded"/>
        <File label="Papers" bind="$state.papers" multiple="true"/>
      </Tab>
      <Tab name="settings" label="Settings">
        <Layout>
          <Slider label="Warmth" bind="$state.warmth" min="16" max="26" step="0.5" unit="°C"/>
          <Date label="Day" bind="$state.day"/>
          <Date label="At" type="time" value="14:30"/>
        </Layout>
        <Select label="Repeats" bind="$state.days" options="Mon,Tue,Wed,Thu,Fri" multiple="true"/>
        <Container direction="row"><Icon name="calendar-check" tone="good"/><Text content="On the calendar"/><Button label="Print" icon="printer"/><Button label="Remove" icon="trash" compact="true" variant="quiet"/></Container>
        <Callout title="The shop closes at six" tone="warn"><Text content="Order before five to have it today."/></Callout>
        <Rating label="The soup" bind="$state.score"/>
      </Tab>
      <Tab label="Off" disabled="true"><Text content="Never"/></Tab>
    </Tabs>
  </View>
</NexusPanel>`

const AROUND = `<NexusPanel title="Around">
  <Data><State name="note" type="string" default="From outside"/></Data>
  <View>
    <KeyValue title="Order 1042" data="{{ customer: 'Ada', items: 3, paid: true }}"/>
    <Embed panel="Soup"><Text content="{$state.note}" tone="accent"/></Embed>
    <Embed panel="Nobody"/>
  </View>
</NexusPanel>`

const SOUP = `<NexusPanel title="Soup">
  <Data><State name="bowls" type="number" default="1"/></Data>
  <View>
    <Metric label="Bowls" value="{$state.bowls}"/>
    <Button label="One more" icon="plus" onClick="$state.bowls += 1"/>
    <Slot/>
  </View>
</NexusPanel>`

const album = () => panel(story.me.page, "Album")

async function call(method: string, path: string, body?: unknown) {
  const response = await fetch(`${story.nexus.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${story.nexus.token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${text}`)
  return text === "" ? {} : JSON.parse(text)
}

async function essentials() {
  const read = (name: string) => readFile(new URL(name, components), "utf8")
  const names = ["Callout", "KeyValue", "Rating"]
  const all = names.map(async (name) => ({
    declaration: JSON.parse(await read(`${name}.json`)),
    source: await read(`${name}.nxml`),
  }))
  return { ...JSON.parse(await read("package.json")), components: await Promise.all(all) }
}

test("components of a package come to life on the canvas, and panels stand in panels", async () => {
  await call("POST", "/workspaces/home/packages", await essentials())
  const frames = {
    Album: { x: 80, y: 620, w: 520, h: 620 },
    Around: { x: 640, y: 620, w: 380, h: 620 },
    Soup: { x: 1060, y: 620, w: 280, h: 240 },
  }
  await call("POST", "/panels", { workspace: "home", source: SOUP, frame: frames.Soup })
  await call("POST", "/panels", { workspace: "home", source: ALBUM, frame: frames.Album })
  await call("POST", "/panels", { workspace: "home", source: AROUND, frame: frames.Around })
  const { page } = story.me
  await expectPanel(page, "Album")
  await page.keyboard.press("Shift+1")
  await album().getByRole("button", { name: "5 stars" }).click()
  await album().getByText("5 of 5").waitFor()
  const around = panel(page, "Around")
  await around.getByRole("button", { name: "One more" }).click()
  await panel(page, "Soup").locator(".nx-metric-value", { hasText: "2" }).waitFor()
  await around.getByText("From outside").waitFor()
  await around.getByText('There is no panel "Nobody" here').waitFor()
})

test("tabs are walked by the arrow keys, and only the open part is there", async () => {
  const { page } = story.me
  await album().getByRole("tab", { name: "Settings" }).focus()
  await page.keyboard.press("ArrowLeft")
  await expect
    .poll(() =>
      album()
        .getByRole("tab", { name: /Photos/ })
        .getAttribute("aria-selected"),
    )
    .toBe("true")
  expect(await album().getByText("On the calendar").count()).toBe(0)
})

test("a photo is chosen, kept in the workspace, and shown by an address of this page alone", async () => {
  const photo = album().getByRole("group", { name: "Photo" })
  await photo.locator("input[type=file]").setInputFiles(PICTURE)
  const shown = album().getByRole("img", { name: "The chosen photo" })
  await shown.waitFor()
  expect(await shown.getAttribute("src")).toMatch(/^blob:/)
  await expect.poll(() => shown.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(100)
  const { files } = await call("GET", "/workspaces/home/files")
  expect(files).toMatchObject([{ name: "picture.png", type: "image/png" }])
})

test("several files are kept at once, and one that is too large is refused with the limit", async () => {
  const papers = album().getByRole("group", { name: "Papers" })
  const text = (name: string) => ({ name, mimeType: "text/plain", buffer: Buffer.from(name.repeat(200)) })
  await papers.locator("input[type=file]").setInputFiles([text("march.txt"), text("april.txt")])
  await papers.getByRole("button", { name: "Take april.txt out" }).waitFor()
  await expect
    .poll(() =>
      album()
        .getByRole("tab", { name: /Photos/ })
        .textContent(),
    )
    .toBe("Photos2")
  const large = join(story.nexus.dataDir, "large.png")
  await writeFile(large, Buffer.alloc(6 * 1024 * 1024))
  const photo = album().getByRole("group", { name: "Photo" })
  await photo.locator("input[type=file]").setInputFiles(large)
  expect(await photo.getByRole("alert").textContent()).toContain('"large.png" has 6 MB; at most 5 MB are taken here.')
})

test("a file is saved again under its name", async () => {
  const { page } = story.me
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    album().getByRole("button", { name: "march.txt", exact: true }).click(),
  ])
  expect(download.suggestedFilename()).toBe("march.txt")
  expect(await readFile(await download.path(), "utf8")).toBe("march.txt".repeat(200))
})

test("taken out and undone, it is the same file again", async () => {
  const { page } = story.me
  await album().getByRole("button", { name: "Take picture.png out" }).click()
  await album().getByText("There is no picture yet.").waitFor()
  await page.getByRole("button", { name: /^Undo/ }).click()
  await album().getByRole("img", { name: "The chosen photo" }).waitFor()
})

test("it looks as it should in light and in dark, and the page's policy had nothing against it", async () => {
  const { page, problems } = story.me
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme })
    await album()
      .getByRole("tab", { name: /Photos/ })
      .click()
    await page.waitForTimeout(300)
    await picture(page, `parts-photos-${colorScheme}`)
    await album().getByRole("tab", { name: "Settings" }).click()
    await page.waitForTimeout(300)
    await picture(page, `parts-settings-${colorScheme}`)
  }
  expect(problems).toEqual([])
})
