import { expect } from "vitest"
import { codeAt } from "../../packages/kernel/test/accounts/authenticator.ts"
import { begun, type Hand, type Place } from "./hand.ts"

/** Where an example lives. */
const ALIVE = `main section[aria-label*="${begun(", alive")}"]`

/** What Ada's authenticator goes by. */
let secret = ""

const ADA = { name: "Ada", email: "ada@example.org", password: "seven quiet herons" }

async function signIn({ page, button }: Hand, email: string, password: string): Promise<void> {
  await page.locator("input[type=email]").fill(email)
  await page.locator("input[type=password]").fill(password)
  await button("Sign in").click()
}

/** An account whose signing in takes a second step. */
async function registerAda({ nexus }: Hand): Promise<void> {
  const post = async (path: string, body: unknown, token?: string) => {
    const headers = { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) }
    const response = await fetch(`${nexus.url}/api/v1/auth${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    })
    return response.json()
  }
  const { accessToken } = await post("/register", ADA)
  secret = (await post("/second-factor", { password: ADA.password }, accessToken)).secret
  await post("/second-factor/confirm", { code: codeAt(secret, Date.now()) }, accessToken)
}

/** Who is nobody yet: signing in and up, what is refused, and links that are dead. */
export const BEFORE_THE_DESK: readonly Place[] = [
  {
    where: "sign in",
    go: async ({ go, page }) => {
      await go("")
      await page.locator("input[type=password]").waitFor()
    },
  },
  {
    where: "a refusal of the kernel",
    go: async (hand) => {
      await signIn(hand, "nobody@example.org", "not the password")
      await hand.page.getByRole("alert").waitFor()
    },
  },
  {
    where: "register",
    go: async ({ button, field }) => {
      await button("Create an account").click()
      await field("Name").waitFor()
    },
  },
  {
    where: "the second step",
    go: async (hand) => {
      await registerAda(hand)
      await hand.button("Sign in instead").click()
      await signIn(hand, ADA.email, ADA.password)
      await hand.text("One more step")
    },
  },
  {
    where: "a recovery code",
    go: async ({ button, field }) => {
      await button("Use a recovery code").click()
      await field("Recovery code").waitFor()
    },
  },
  {
    where: "asked in, and not signed in",
    go: async ({ go, page, text }) => {
      await go("#/join/nothing")
      await page.reload()
      await text("Sign in or create an account to join the workspace.")
    },
  },
  {
    where: "back from a provider that was never asked",
    go: async ({ go, text }) => {
      await go("sign-in/callback?code=x&state=y")
      await text("Signing in elsewhere did not work.")
    },
  },
  {
    where: "a dead link",
    go: async ({ go, page }) => {
      await go("#/sign-in/used-up-long-ago")
      await page.getByRole("alert").waitFor()
    },
  },
  {
    where: "nobody's workspace yet",
    go: async (hand) => {
      await hand.go("")
      await signIn(hand, ADA.email, ADA.password)
      // The code of now was taken when the step was turned on; the next one is good half a minute early.
      await hand.field("Code").fill(codeAt(secret, Date.now() + 30_000))
      await hand.button("Sign in").click()
      await hand.text("No workspace yet")
    },
  },
  {
    where: "a page for others",
    go: async ({ go, text }) => {
      await go("#/operator/health")
      await text("For who runs this Nexus")
    },
  },
  {
    where: "a link that opens nothing",
    go: async ({ go, text }) => {
      await go("#/join/nothing")
      await text("This link does not open")
    },
  },
  {
    where: "the page of components, with every example alive",
    english: true,
    part: ALIVE,
    go: async ({ go, page }) => {
      await page.context().clearCookies()
      await go("components")
      await page.locator(ALIVE).first().waitFor()
      // An example starts when it comes near the screen, so the screen is as high as the page.
      const height = await page.locator("main").evaluate((main) => main.scrollHeight)
      await page.setViewportSize({ width: 1440, height: height + 2000 })
      const stages = await page.locator(ALIVE).count()
      await expect.poll(() => page.locator(`${ALIVE} .nx-panel`).count()).toBeGreaterThanOrEqual(stages)
      await page.locator(".nx-area").first().waitFor()
      await page.locator(".nx-node").first().waitFor()
    },
  },
]
