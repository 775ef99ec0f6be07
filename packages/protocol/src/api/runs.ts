import * as z from "zod"
import { Id } from "../ids.ts"
import { RunCause } from "../nog/change.ts"
import { Role } from "../wire/server-message.ts"
import { endpoint } from "./endpoint.ts"
import { PageNext, PageQuery } from "./page.ts"

/** A run that waits: for a sleep to be over, or for an answer. Times are milliseconds since the epoch. */
export const WaitingRunAnswer = z.object({
  run: Id,
  panel: Id,
  handler: z.string(),
  trigger: RunCause.shape.trigger,
  person: z.object({ id: z.string(), name: z.string() }).exactOptional(),
  since: z.number(),
  /** When the last of its sleeps is over. */
  until: z.number().exactOptional(),
  /** What it waits for: `time.sleep`, `http.fetch`, … */
  waitsFor: z.array(z.string()),
  /** The panel's handler is another one by now; left alone, the run goes on with the code it began with. */
  changed: z.boolean(),
})
export type WaitingRunAnswer = Readonly<z.infer<typeof WaitingRunAnswer>>

/** A question of a handler to a person. `role` is the least that a member must be to answer it. */
export const QuestionAnswer = z.object({
  id: Id,
  run: Id,
  panel: Id,
  handler: z.string(),
  person: z.object({ id: z.string(), name: z.string() }).exactOptional(),
  question: z.string(),
  /** What can be answered; without it, any text. */
  options: z.array(z.string()).exactOptional(),
  role: Role,
  since: z.number(),
})
export type QuestionAnswer = Readonly<z.infer<typeof QuestionAnswer>>

const none = z.object({})
const run = z.object({ workspace: Id, run: Id })
const shared = { tag: "runs", params: run, query: none, body: none, access: "editor" } as const

export const listWaitingRuns = endpoint({
  ...shared,
  name: "listWaitingRuns",
  method: "get",
  path: "/workspaces/{workspace}/runs",
  summary: "The runs that wait, across restarts",
  access: "viewer",
  params: z.object({ workspace: Id }),
  status: 200,
  query: z.object(PageQuery),
  answer: z.object({ runs: z.array(WaitingRunAnswer), ...PageNext }),
  pages: "runs",
})

export const cancelRun = endpoint({
  ...shared,
  name: "cancelRun",
  method: "post",
  path: "/workspaces/{workspace}/runs/{run}/cancel",
  summary: "End a waiting run for good; what it changed so far stays",
  status: 204,
  answer: none,
})

export const continueRun = endpoint({
  ...shared,
  name: "continueRun",
  method: "post",
  path: "/workspaces/{workspace}/runs/{run}/continue",
  summary: "Let a waiting run go on now as it is, start its handler again with the code of now, or discard it",
  body: z.object({ how: z.enum(["resume", "restart", "discard"]) }),
  status: 200,
  answer: z.object({ run: Id }),
})

export const listQuestions = endpoint({
  ...shared,
  name: "listQuestions",
  method: "get",
  path: "/workspaces/{workspace}/questions",
  summary: "What handlers ask people, and nobody has answered",
  access: "viewer",
  params: z.object({ workspace: Id }),
  status: 200,
  query: z.object(PageQuery),
  answer: z.object({ questions: z.array(QuestionAnswer), ...PageNext }),
  pages: "questions",
})

export const answerQuestion = endpoint({
  ...shared,
  name: "answerQuestion",
  method: "post",
  path: "/workspaces/{workspace}/questions/{question}",
  summary: "Answer a question, with the role it names; its handler goes on",
  access: "viewer",
  params: z.object({ workspace: Id, question: Id }),
  body: z.object({ answer: z.string().max(10_000) }),
  status: 204,
  answer: none,
})
