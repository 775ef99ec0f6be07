import { MENU, type Place, QUESTION, said } from "./hand.ts"

function address(
  hash: string,
  more: (hand: Parameters<Place["go"]>[0]) => Promise<unknown> = async () => undefined,
): Place {
  return {
    where: hash,
    go: async (hand) => {
      await hand.go(`#/${hash}`)
      await hand.page.getByRole("main").waitFor()
      await hand.settled()
      await more(hand)
    },
  }
}

const SECTIONS = ["password", "sessions", "connected", "activity", "privacy", "appearance", "usage"]

/** Home, the account, and how the installation is. */
export const AROUND_THE_DESK: readonly Place[] = [
  address("workspaces", ({ page }) => page.getByRole("searchbox").waitFor()),
  {
    where: "the menu of a workspace at home",
    part: MENU,
    go: async ({ button, page }) => {
      await button("More about {name}", { name: "Busy" }).click()
      await page.locator(MENU).waitFor()
    },
  },
  {
    where: "a workspace that is to be deleted",
    part: QUESTION,
    go: async ({ inMenu, page }) => {
      await inMenu("Delete")
      await page.locator(QUESTION).waitFor()
    },
  },
  {
    where: "a repository that is brought in",
    go: async ({ leave, button, settled, field }) => {
      await leave(QUESTION)
      await button("Import a repository").click()
      await settled()
      await field("Name of the new workspace").waitFor()
    },
  },
  {
    where: "an empty desk",
    go: async ({ go, field, button, text }) => {
      await go("#/workspaces")
      await field("Name of the new workspace").fill("Nothing yet")
      await button("Create workspace").click()
      await text("Nothing on the desk yet")
    },
  },
  address("account/"),
  ...SECTIONS.map((section) => address(`account/${section}`)),
  address("account/two-step", async ({ button, page }) => {
    await button("Set up an authenticator").click()
    await page.getByRole("img", { name: said("The secret for your authenticator, as a picture to scan") }).waitFor()
  }),
  address("account/keys", async ({ button, field }) => {
    await field("What it is for").fill("Nightly report")
    await button("Make key").click()
    await field("API key").waitFor()
  }),
  {
    where: "a key that is to be revoked",
    part: QUESTION,
    go: async ({ button, page }) => {
      await button("Revoke {name}", { name: "Nightly report" }).click()
      await page.locator(QUESTION).waitFor()
    },
  },
  {
    where: "the keys of shortcuts",
    go: async ({ leave, go, page, settled }) => {
      await leave(QUESTION)
      await go("#/account/shortcuts")
      await page.getByRole("main").waitFor()
      await settled()
    },
  },
  address("operator/health"),
  address("operator/sandboxes"),
  address("operator/runs", ({ page }) =>
    page
      .getByRole("list", { name: said("Runs") })
      .getByText("as it should")
      .first()
      .waitFor(),
  ),
  address("operator/events", ({ page }) => page.getByRole("main").getByRole("listitem").first().waitFor()),
]
