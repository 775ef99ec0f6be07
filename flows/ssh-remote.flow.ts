import { afterAll, expect, test } from "vitest"
import { type PrivateSshd, startPrivateSshd } from "../packages/kernel/acceptance/private-sshd.ts"
import { expectPanel, picture } from "./browser.ts"
import { tellStory } from "./story.ts"

/** A workspace is sent to a repository on a real ssh server, from the drawer of versions. */
let sshd: PrivateSshd
let address = ""
const story = tellStory(
  () => {},
  async () => {
    sshd = await startPrivateSshd()
    return { NEXUS_GIT_REMOTES: `${sshd.origin}/tmp/` }
  },
)
afterAll(() => sshd?.close())

const drawer = () => story.me.page.getByRole("complementary", { name: "Versions" })

async function commit(message: string): Promise<void> {
  const { page } = story.me
  await drawer().getByRole("button", { name: "New version" }).click()
  await page.getByRole("dialog").getByRole("textbox").first().fill(message)
  await page.getByRole("dialog").getByRole("button", { name: "Commit version" }).click()
  await drawer().getByText(message).waitFor()
}

test("the fingerprint of a host is shown before anything goes there, and accepted by a person", async () => {
  const { page } = story.me
  await page.getByRole("button", { name: /^On branch/ }).click()
  await commit("First")
  await drawer().getByText("Other repositories").click()
  await drawer().getByLabel("Name", { exact: true }).fill("origin")
  address = `${sshd.origin}${sshd.addRepository("home.git")}`
  await drawer().getByLabel("Address").fill(address)
  await drawer().getByRole("button", { name: "Add repository" }).click()
  const shown = drawer().getByRole("region", { name: "Key of the host" })
  await shown.getByText(sshd.fingerprint()).waitFor()
  await shown.scrollIntoViewIfNeeded()
  await picture(page, "ssh-fingerprint-light")
  await page.emulateMedia({ colorScheme: "dark" })
  await picture(page, "ssh-fingerprint-dark")
  await page.emulateMedia({ colorScheme: "light" })
  await shown.getByRole("button", { name: "It is the same: accept and add" }).click()
  await drawer().getByRole("button", { name: "Push to origin" }).waitFor()
})

test("with the shown public key let in, the branch is pushed", async () => {
  const { page } = story.me
  await drawer().getByRole("button", { name: "Push to origin" }).click()
  await page
    .getByText(/does not know this kernel's key/)
    .first()
    .waitFor()
  sshd.authorize(await drawer().getByLabel("Public key").inputValue())
  await drawer().getByRole("button", { name: "Push to origin" }).click()
  await page.getByText("Pushed main to origin", { exact: true }).waitFor()
  await drawer().getByLabel("Public key").scrollIntoViewIfNeeded()
  await picture(page, "ssh-pushed")
})

test("the repository becomes another workspace, with its panels and its history", async () => {
  const { page } = story.me
  const here = page.url()
  await page.goto(`${story.nexus.url}/#/workspaces`)
  await page.getByRole("button", { name: "Import a repository" }).click()
  const form = page.getByRole("form", { name: "Import a repository" })
  await form.getByLabel("Name of the workspace").fill("Copy")
  await form.getByLabel("Address of the repository").fill(address)
  await form.getByRole("button", { name: "Import repository" }).click()
  await form.getByText(sshd.fingerprint()).waitFor()
  await picture(page, "ssh-import")
  await form.getByRole("button", { name: "It is the same: accept and import" }).click()
  await expectPanel(page, "Groceries")
  await page.getByRole("button", { name: /^On branch/ }).click()
  await drawer().getByText("First", { exact: true }).waitFor()
  await page.goto(here)
  await expectPanel(page, "Groceries")
  await page.getByRole("button", { name: /^On branch/ }).click()
  await drawer().getByText("Other repositories").click()
})

test("a host with another key is refused in words, and the repository forgotten after a question", async () => {
  const { page } = story.me
  await sshd.changeHostKey()
  await drawer().getByRole("button", { name: "Pull from origin" }).click()
  await page
    .getByText(/shows another key than SHA256:/)
    .first()
    .waitFor()
  await picture(page, "ssh-other-key")
  await drawer().getByRole("button", { name: "Forget origin" }).click()
  await page.getByRole("alertdialog").getByRole("button", { name: "Forget" }).click()
  await drawer().getByRole("button", { name: "Pull from origin" }).waitFor({ state: "detached" })
  expect(story.me.problems.filter((problem) => !/\b(403|503)\b/.test(problem))).toEqual([])
})
