import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { leaveBrowser, newPerson, openBrowser, picture, signIn } from "./browser.ts"
import { type Nexus, startNexus } from "./nexus.ts"

const SOURCE = `<NexusPanel title="Counter">
  <Data>
    <State name="count" type="number" default="3"/>
    <State name="who" type="string" default="Ada"/>
    <State name="mine" type="string" scope="session" default="start"/>
    <State name="key" type="string" secret="true" default="canary-secret"/>
  </Data>
  <Logic><Handler name="add">$state.count += $args.by</Handler></Logic>
  <View>
    <Layout>
      <Metric label="Count" value="{$state.count}"/>
      <Chart label="Steps" type="bar" data="{[1, 2, $state.count]}" height="160"/>
      <Table label="Rows" rows="{[{ name: 'a', n: 1 }, { name: 'b', n: 2 }]}"/>
      <Input label="Who" bind="$state.who"/>
      <Link label="More" href="https://example.org/"/>
      <Button label="Add" onClick="add({ by: 1 })"/>
      <Text content="[{$state.key}] [{$state.mine}]"/>
    </Layout>
  </View>
</NexusPanel>`

describe("a panel as a page", () => {
  let nexus: Nexus
  let browser: Browser
  let address: string
  let add: () => Promise<unknown>

  beforeAll(async () => {
    nexus = await startNexus()
    browser = await openBrowser()
    const api = async (method: string, path: string, body?: unknown) => {
      const headers = { authorization: `Bearer ${nexus.token}`, "content-type": "application/json" }
      const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) }
      return (await fetch(`${nexus.url}/api/v1${path}`, init)).json()
    }
    const { workspaces } = await api("GET", "/workspaces")
    const workspace = workspaces[0].id
    const panel = await api("POST", "/panels", { workspace, source: SOURCE })
    address = `${nexus.url}/api/v1/panels/${panel.id}/render?workspace=${workspace}`
    add = () => api("POST", `/panels/${panel.id}/handlers/add?workspace=${workspace}`, { args: { by: 4 } })
  })
  afterAll(async () => {
    await leaveBrowser(browser)
    await nexus?.close()
  })

  it("is taken over without a warning or a shift, goes live, and is written on", async () => {
    const person = await newPerson(browser)
    await signIn(person, nexus.signIn)
    await person.page.addInitScript(() => {
      const shifts: number[] = []
      Object.assign(globalThis, { shifts })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value)
      }).observe({ type: "layout-shift", buffered: true })
    })
    const { page, problems } = person
    await page.goto(address)
    await page.locator("#nexus-panel[data-state=live]").waitFor()
    await page.waitForTimeout(500)
    expect(await page.evaluate("shifts")).toEqual([])
    expect(problems).toEqual([])
    expect(await page.locator(".nx-metric-value").textContent()).toBe("3")

    await add()
    await expect.poll(() => page.locator(".nx-metric-value").textContent()).toBe("7")
    await page.getByRole("button", { name: "Add" }).click()
    await expect.poll(() => page.locator(".nx-metric-value").textContent()).toBe("8")
    await page.getByLabel("Who").fill("Grace")
    expect(await page.evaluate("shifts")).toEqual([])
    expect(problems).toEqual([])
    await picture(page, "panel-page")

    // Somebody who comes later reads what was written, painted by the kernel.
    await page.reload()
    await expect.poll(() => page.getByLabel("Who").inputValue()).toBe("Grace")

    // The same person without script: everything can be read, nothing pretends to work.
    const cookies = await person.context.cookies()
    const still = await browser.newContext({ javaScriptEnabled: false, colorScheme: "dark" })
    await still.addCookies(cookies)
    const plain = await still.newPage()
    const answer = await plain.goto(address)
    expect(answer?.status()).toBe(200)
    expect(await plain.locator(".nx-metric-value").textContent()).toBe("8")
    expect(await plain.locator("svg.nx-drawing").count()).toBe(1)
    expect(await plain.getByRole("cell", { name: "b", exact: true }).count()).toBeGreaterThan(0)
    expect(await plain.getByLabel("Who").isDisabled()).toBe(true)
    expect(await plain.getByRole("link", { name: "More" }).getAttribute("href")).toBe("https://example.org/")
    const html = await plain.content()
    expect(html).not.toContain("canary")
    expect(html).toContain("[] [start]")
    await picture(plain, "panel-page-without-script")
  })

  it("is not shown to who is not signed in", async () => {
    const stranger = await newPerson(browser)
    const answer = await stranger.page.goto(address)
    expect(answer?.status()).toBe(401)
  })
})
