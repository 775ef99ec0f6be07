import * as z from "zod"
import { endpoint } from "./endpoint.ts"

/** A person as the API shows them; `email` is "" for the local owner until they give one. */
export const Account = z.object({ id: z.string(), name: z.string(), email: z.string() })
export type Account = Readonly<z.infer<typeof Account>>

/** The refresh token is not here: it travels in the cookie `nexus_refresh` alone. */
export const SignInAnswer = z.object({ accessToken: z.string(), expiresAt: z.number(), user: Account })
export type SignInAnswer = Readonly<z.infer<typeof SignInAnswer>>

/** Who comes with a second factor shows it next: `challenge` goes back with a code before `expiresAt`. */
export const SecondStep = z.object({ challenge: z.string(), expiresAt: z.number() })
export type SecondStep = Readonly<z.infer<typeof SecondStep>>

const none = z.object({})
const Name = z.string().trim().min(1).max(100)
export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email())
export const Password = z.string().min(8, "a password has at least 8 characters").max(256)
const Code = z.string().min(16).max(128)

const shared = { tag: "auth", params: none, query: none, access: "public", status: 200 } as const

export const register = endpoint({
  ...shared,
  name: "register",
  method: "post",
  path: "/auth/register",
  summary: "Make an account and sign in",
  body: z.object({ email: Email, name: Name, password: Password }),
  status: 201,
  answer: SignInAnswer,
})

export const login = endpoint({
  ...shared,
  name: "login",
  method: "post",
  path: "/auth/login",
  summary: "Sign in with address and password",
  body: z.object({ email: Email, password: z.string().max(256) }),
  answer: z.union([SignInAnswer, SecondStep]),
})

export const takeSecondStep = endpoint({
  ...shared,
  name: "takeSecondStep",
  method: "post",
  path: "/auth/second-step",
  summary: "Finish signing in with a code of one's authenticator, or a recovery code",
  body: z.object({ challenge: z.string().max(2000), code: z.string().trim().min(6).max(40) }),
  answer: SignInAnswer,
})

export const listSignInWays = endpoint({
  ...shared,
  name: "listSignInWays",
  method: "get",
  path: "/auth/ways",
  summary: "How one can sign in here; `provider` is the button's label",
  body: none,
  answer: z.object({ provider: z.string().optional() }),
})

export const signInByLink = endpoint({
  ...shared,
  name: "signInByLink",
  method: "post",
  path: "/auth/link",
  summary: "Sign in with a one-time code",
  body: z.object({ code: Code }),
  answer: SignInAnswer,
})

export const refresh = endpoint({
  ...shared,
  name: "refresh",
  method: "post",
  path: "/auth/refresh",
  summary: "Trade the refresh cookie for a new access token; the cookie is replaced",
  body: none,
  answer: SignInAnswer,
})

export const logout = endpoint({
  ...shared,
  name: "logout",
  method: "post",
  path: "/auth/logout",
  summary: "Revoke the refresh cookie and its family",
  body: none,
  status: 204,
  answer: none,
})

export const me = endpoint({
  ...shared,
  name: "me",
  method: "get",
  path: "/auth/me",
  summary: "Who holds this access token, and whether they run this installation",
  access: "person",
  body: none,
  answer: z.object({ user: Account, operator: z.boolean() }),
})

export const renameMe = endpoint({
  ...shared,
  name: "renameMe",
  method: "patch",
  path: "/auth/me",
  summary: "Change one's own name, or address; an address is changed with the password, where there is one",
  access: "person",
  session: true,
  body: z.object({ name: Name.optional(), email: Email.optional(), password: z.string().max(256).optional() }),
  answer: z.object({ user: Account }),
})
