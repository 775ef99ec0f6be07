import * as z from "zod"
import { Id } from "../ids.ts"
import { Limits } from "../run/outcome.ts"
import { endpoint } from "./endpoint.ts"

const MEGABYTE = 1024 * 1024

/** What an owner may set for the handlers of a workspace; what is absent is as the kernel has it. Bytes and milliseconds. */
export const RunLimits = z
  .strictObject({
    cpuMs: z.int().min(10),
    /** A power of two, from 16 MB on: memories of one size share what is compiled and prepared for them. */
    memoryBytes: z
      .int()
      .min(16 * MEGABYTE)
      .refine((bytes) => Number.isInteger(Math.log2(bytes)), "a power of two"),
    stackBytes: z.int().min(64 * 1024),
    hostCalls: z.int().min(0),
    effectBytes: z.int().min(1024),
    resultBytes: z.int().min(1024),
  })
  .partial()
export type RunLimits = Readonly<z.infer<typeof RunLimits>>

export const RunLimitsAnswer = z.object({
  /** What was set here. */
  set: RunLimits,
  /** What the next run is held to. */
  limits: Limits,
  /** The kernel's own, above which nothing can be set. */
  most: Limits,
  /** Who set what, newest first. */
  history: z.array(z.object({ at: z.number(), by: z.object({ id: z.string(), name: z.string() }), set: RunLimits })),
})
export type RunLimitsAnswer = Readonly<z.infer<typeof RunLimitsAnswer>>

const shared = {
  tag: "workspaces",
  path: "/workspaces/{workspace}/limits",
  params: z.object({ workspace: Id }),
  query: z.object({}),
  status: 200,
  answer: RunLimitsAnswer,
} as const

export const readRunLimits = endpoint({
  ...shared,
  name: "readRunLimits",
  method: "get",
  summary: "What handlers of this workspace may use in one run",
  access: "viewer",
  body: z.object({}),
})

export const setRunLimits = endpoint({
  ...shared,
  name: "setRunLimits",
  method: "put",
  summary: "Hold the handlers of this workspace to less than the kernel would; counts from the next run on",
  access: "owner",
  body: z.object({ limits: RunLimits }),
})
