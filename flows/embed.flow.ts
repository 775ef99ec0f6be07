import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { newPerson, type Person, panel, picture } from "./browser.ts"
import { tellStory } from "./story.ts"

/** A panel in a page of another site: made in the share dialog, alive there, refused elsewhere, ended with its link. */
const story = tellStory()
let blog: Site
let elsewhere: Site
let reader: Person
let snippet: string

/** Another site, with one page that holds whatever snippet it was given. */
interface Site {
  readonly origin: string
  readonly server: Server
  html: string
}

beforeAll(async () => {
  ;[blog, elsewhere] = await Promise.all([openSite(), openSite()])
  reader = await newPerson(story.browser)
  for (const { page } of [story.me, reader]) page.setDefaultTimeout(10_000)
})
afterAll(() => {
  for (const site of [blog, elsewhere]) site?.server.close()
})

async function openSite(): Promise<Site> {
  const site = { origin: "", html: "" }
  const server = createServer((_request, response) => {
    const style = "margin:24px;font:16px/1.5 Georgia,serif;color:#222;background:#f3efe6"
    const head = `<title>A blog</title><link rel="icon" href="data:,">`
    response.setHeader("content-type", "text/html; charset=utf-8")
    response.end(
      `<!doctype html>${head}<body style="${style}"><h1>What we buy</h1><p>Today:</p>${site.html}<p>So it goes.`,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve))
  site.origin = `http://localhost:${(server.address() as AddressInfo).port}`
  return Object.assign(site, { server })
}

const frame = (page: Page) => page.frameLocator("iframe")
const dialog = () => story.me.page.getByRole("dialog", { name: "Share this workspace" })

async function openEmbeds(): Promise<void> {
  await story.me.page.getByRole("button", { name: "Share" }).click()
  await dialog().getByRole("tab", { name: "Embed" }).click()
}

async function makeSnippet(what: string, look: string): Promise<string> {
  await dialog().getByLabel("What is shown").selectOption({ label: what })
  await dialog().getByLabel("Sites that may show it").fill(`${blog.origin}/`)
  await dialog().getByRole("radio", { name: look, exact: true }).click()
  await dialog().getByRole("button", { name: "Create the snippet" }).click()
  return dialog().getByLabel("Snippet").inputValue()
}

test("a snippet is made for the sites one names, with a look at it before", async () => {
  const { page } = story.me
  await openEmbeds()
  await dialog().getByLabel("What is shown").selectOption({ label: "Groceries" })
  await dialog().locator("figure").getByText("Coffee").waitFor()
  await dialog().getByLabel("Sites that may show it").fill("http://example.org")
  await dialog().getByRole("button", { name: "Create the snippet" }).click()
  await dialog().getByRole("alert").getByText("http://example.org is no site").waitFor()
  snippet = await makeSnippet("Groceries", "As the reader's device")
  expect(snippet).toContain(`src="${story.nexus.url}/embed/share_`)
  await picture(page, "embed-dialog")
  await page.emulateMedia({ colorScheme: "dark" })
  await picture(page, "embed-dialog-dark")
  await page.emulateMedia({ colorScheme: "light" })
  await page.keyboard.press("Escape")
})

test("the panel is alive in the other site's page, for somebody who is nobody here, and is only looked at", async () => {
  blog.html = snippet
  const { page, context, problems } = reader
  await page.goto(blog.origin)
  const coffee = frame(page).getByRole("switch", { name: "Coffee" })
  await coffee.waitFor()
  expect(await coffee.isDisabled()).toBe(true)
  const before = await coffee.isChecked()
  await panel(story.me.page, "Groceries").getByRole("switch", { name: "Coffee" }).click()
  await expect.poll(() => coffee.isChecked()).toBe(!before)
  expect(await frame(page).getByRole("region", { name: "Weather" }).count()).toBe(0)
  expect(await frame(page).getByRole("link", { name: "Open in Nexus" }).getAttribute("target")).toBe("_blank")
  expect(await context.cookies()).toEqual([])
  expect(problems).toEqual([])
  await picture(page, "embed-on-a-site")
  await page.emulateMedia({ colorScheme: "dark" })
  await picture(page, "embed-on-a-site-dark")
})

test("a site that is not named gets an empty frame: its reader's browser refuses", async () => {
  elsewhere.html = snippet
  const stranger = await newPerson(story.browser)
  await stranger.page.goto(elsewhere.origin)
  const refused = (text: string) => text.includes("frame-ancestors") && text.includes(blog.origin)
  await expect.poll(() => stranger.problems.some(refused)).toBe(true)
  const inside = stranger.page.frames().find((each) => each !== stranger.page.mainFrame())
  expect(await inside?.locator("#root").count()).toBe(0)
  await stranger.context.close()
})

test("who is signed in here is nobody there: the frame has the rights of its link and no others", async () => {
  const owner = await story.me.context.newPage()
  await owner.goto(blog.origin)
  await frame(owner).getByRole("switch", { name: "Coffee" }).waitFor()
  expect(await frame(owner).getByRole("switch", { name: "Coffee" }).isDisabled()).toBe(true)
  const here = story.me.page.getByRole("status", { name: "Saved state" })
  await expect.poll(() => here.textContent()).not.toContain("people")
  await owner.close()
})

test("the canvas is embedded too, in the colours one chose, also on a phone", async () => {
  await openEmbeds()
  blog.html = await makeSnippet("The whole canvas", "Dark")
  await picture(story.me.page, "embed-dialog-canvas")
  await story.me.page.keyboard.press("Escape")
  const { page, problems } = reader
  await page.emulateMedia({ colorScheme: "light" })
  await page.goto(blog.origin)
  for (const name of ["Groceries", "Weather"]) await frame(page).getByRole("region", { name }).waitFor()
  expect(await frame(page).locator("html").getAttribute("data-theme")).toBe("dark")
  await picture(page, "embed-canvas")
  await page.setViewportSize({ width: 390, height: 844 })
  blog.html = snippet.replace('width="640"', 'width="100%"')
  await page.goto(blog.origin)
  await frame(page).getByRole("switch", { name: "Coffee" }).waitFor()
  await picture(page, "embed-phone")
  expect(problems).toEqual([])
})

test("with its link it ends where it is shown, and says so; what has no code says that", async () => {
  await openEmbeds()
  const list = dialog().getByRole("region", { name: "Shown elsewhere" })
  await list.getByText(blog.origin).first().waitFor()
  await list.getByRole("button", { name: "Stop showing Groceries" }).click()
  await frame(reader.page).getByText("This is not shown here any more").waitFor()
  await picture(reader.page, "embed-ended")
  await expect.poll(() => list.getByRole("listitem").count()).toBe(1)
  await reader.page.reload()
  await frame(reader.page).getByText("This is not shown here any more").waitFor()
  blog.html = blog.html.replace(/#[^"]*/, "")
  await reader.page.reload()
  await frame(reader.page).getByText("This address is not whole").waitFor()
  expect([...reader.problems, ...story.me.problems]).toEqual([])
})
