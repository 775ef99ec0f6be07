import * as z from "zod"
import { Password } from "./auth.ts"
import { endpoint } from "./endpoint.ts"

export const changePassword = endpoint({
  name: "changePassword",
  tag: "auth",
  method: "put",
  path: "/auth/password",
  summary: "Change one's password, with the old one where there is one; all other sessions end",
  access: "person",
  session: true,
  params: z.object({}),
  query: z.object({}),
  body: z.object({ current: z.string().max(256).optional(), password: Password }),
  status: 200,
  answer: z.object({ ended: z.int().min(0) }),
})
