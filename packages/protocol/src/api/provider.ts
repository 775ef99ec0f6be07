import * as z from "zod"
import { Id } from "../ids.ts"
import { SecondStep, SignInAnswer } from "./auth.ts"
import { endpoint } from "./endpoint.ts"

/** Who one is at an OpenID provider; `email` is "" where it told none. */
export const IdentityAnswer = z.object({
  id: z.string(),
  issuer: z.string(),
  email: z.string(),
  createdAt: z.number(),
  lastUsedAt: z.number(),
})
export type IdentityAnswer = Readonly<z.infer<typeof IdentityAnswer>>

const none = z.object({})
/** The page to go on to. What belongs to this one attempt travels in the cookie `nexus_provider`. */
const Onward = z.object({ url: z.string() })
/** What the provider put behind `?` when it sent the person back to `/sign-in/callback`. */
const Callback = z.object({ answer: z.string().max(8000) })
const shared = { tag: "auth", method: "post", params: none, query: none, body: none, status: 200 } as const
const own = { access: "person", session: true } as const

export const startProviderSignIn = endpoint({
  ...shared,
  name: "startProviderSignIn",
  path: "/auth/provider/start",
  summary: "Begin to sign in with the OpenID provider of this installation",
  access: "public",
  answer: Onward,
})

export const finishProviderSignIn = endpoint({
  ...shared,
  name: "finishProviderSignIn",
  path: "/auth/provider/finish",
  summary: "Finish signing in with what the provider answered, in the browser that began",
  access: "public",
  body: Callback,
  answer: z.union([SignInAnswer, SecondStep]),
})

export const startProviderLink = endpoint({
  ...shared,
  ...own,
  name: "startProviderLink",
  path: "/auth/provider/link",
  summary: "Begin to connect one's account at the OpenID provider",
  answer: Onward,
})

export const finishProviderLink = endpoint({
  ...shared,
  ...own,
  name: "finishProviderLink",
  path: "/auth/provider/link/finish",
  summary: "Connect the account that the provider answered with",
  body: Callback,
  answer: IdentityAnswer,
})

export const listIdentities = endpoint({
  ...shared,
  ...own,
  name: "listIdentities",
  method: "get",
  path: "/auth/identities",
  summary: "The accounts elsewhere that sign one in here; `provider` is the button's label, when one can be added",
  answer: z.object({ identities: z.array(IdentityAnswer), provider: z.string().exactOptional() }),
})

export const removeIdentity = endpoint({
  ...shared,
  ...own,
  name: "removeIdentity",
  method: "delete",
  path: "/auth/identities/{identity}",
  summary: "Disconnect an account elsewhere; the last way to sign in stays",
  params: z.object({ identity: Id }),
  status: 204,
  answer: none,
})
