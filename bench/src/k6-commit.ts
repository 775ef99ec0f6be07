import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Operation } from "@nexus/protocol"
import { simpleGit } from "simple-git"
import { COUNTER, newPanel, startKernel } from "./kernel-process.ts"
import type { Contender, Goal } from "./measure.ts"

/**
 * How long "commit" takes in a workspace of 1,000 panels whose states have all changed, from the request to the answer,
 * durable; against simple-git, which is given the same files: it writes them, adds them and commits. Git is told to promise
 * it what the kernel promises, that a commit is on the disk when it is answered, in the fastest way that Git has for it.
 */
const PANELS = 1000
const SAMPLES = 30
const id = (panel: number) => `p${panel}`

async function kernelCommits(): Promise<Contender> {
  const kernel = await startKernel()
  const client = await kernel.submitter()
  await client.submit(Array.from({ length: PANELS }, (_, panel) => newPanel(id(panel))))
  let round = 0
  const change = async () => {
    round += 1
    const operations = Array.from({ length: PANELS }, (_, panel): Operation => {
      return { kind: "state_set", panel: id(panel), path: ["cells", "c0"], value: round }
    })
    await client.submit(operations)
  }
  return {
    run: async () => {
      await change()
      const start = performance.now()
      await kernel.post("/workspace/commit", { message: `Round ${round}` })
      return performance.now() - start
    },
    warmups: 3,
    samples: SAMPLES,
    close: () => kernel.close(),
  }
}

async function simpleGitCommits(): Promise<Contender> {
  const dir = mkdtempSync(join(tmpdir(), "nexus-simple-git-"))
  const git = simpleGit(dir)
  await git.init()
  await git.addConfig("user.name", "Bench")
  await git.addConfig("user.email", "bench@example.org")
  await git.addConfig("gc.auto", "0")
  await git.addConfig("core.fsync", "all")
  await git.addConfig("core.fsyncMethod", "batch")
  let round = 0
  for (let panel = 0; panel < PANELS; panel += 1) mkdirSync(join(dir, "panels", id(panel)), { recursive: true })
  return {
    run: async () => {
      round += 1
      const start = performance.now()
      for (let panel = 0; panel < PANELS; panel += 1) {
        const folder = join(dir, "panels", id(panel))
        writeFileSync(join(folder, "state.json"), `{\n  "cells": {\n    "c0": ${round}\n  }\n}\n`)
        writeFileSync(join(folder, "panel.nxml"), COUNTER)
      }
      await git.add(".")
      await git.commit(`Round ${round}`)
      return performance.now() - start
    },
    warmups: 3,
    samples: SAMPLES,
    close: () => rmSync(dir, { recursive: true, force: true }),
  }
}

export const goal: Goal = {
  id: "K6",
  what: "commit of 1,000 panels",
  contenders: { kernelCommits, simpleGitCommits },
  claims: [
    { ours: "kernelCommits", peer: "simpleGitCommits", timesFaster: 5 },
    { ours: "kernelCommits", figure: "p99", atMostMs: 250 },
  ],
  rounds: 3,
}
