import { execFileSync } from "node:child_process"
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { readSettings } from "@nexus/kernel"
import { describe, expect, test } from "vitest"
import { parseAllDocuments } from "yaml"

const root = fileURLToPath(new URL("../../../", import.meta.url))
const k8s = join(root, "deploy/k8s")
const overlays = ["base", "kind", "production"] as const
const kubectl = ["/usr/bin/kubectl", "/usr/local/bin/kubectl"].find((path) => existsSync(path))

interface Manifest {
  readonly kind: string
  readonly metadata: { readonly name: string }
  readonly [field: string]: unknown
}

function documents(text: string): Manifest[] {
  return parseAllDocuments(text).flatMap((document) => {
    expect(document.errors).toEqual([])
    return document.toJS() === null ? [] : [document.toJS() as Manifest]
  })
}

/** What an overlay gives: built by kubectl where that is installed, else the files that the kustomizations name. */
function manifestsOf(overlay: string): Manifest[] {
  if (kubectl) return documents(execFileSync(kubectl, ["kustomize", join(k8s, overlay)], { encoding: "utf8" }))
  const folder = join(k8s, overlay)
  const [kustomization] = documents(readFileSync(join(folder, "kustomization.yaml"), "utf8"))
  const resources = kustomization?.resources as readonly string[]
  return resources.flatMap((path) =>
    path.startsWith("..") ? manifestsOf(join(overlay, path)) : documents(readFileSync(join(folder, path), "utf8")),
  )
}

describe.each(overlays)("the overlay %s", (overlay) => {
  const manifests = manifestsOf(overlay)
  const pods = manifests.flatMap(({ kind, metadata, spec }) =>
    kind === "Deployment" || kind === "StatefulSet"
      ? [{ name: metadata.name, spec: (spec as { template: { spec: PodSpec } }).template.spec }]
      : [],
  )

  test("is accepted, and names everything a kernel needs", () => {
    const names = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`)
    for (const kind of ["Deployment", "Service", "PersistentVolumeClaim", "PodDisruptionBudget", "NetworkPolicy"]) {
      expect(names).toContain(`${kind} nexus-kernel`)
    }
    expect(names).toContain("NetworkPolicy deny-by-default")
    expect(new Set(names).size).toBe(names.length)
  })

  test("runs nobody as root and lets no process gain rights", () => {
    for (const { name, spec } of pods) {
      expect(spec.securityContext, name).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: "RuntimeDefault" },
      })
      expect(spec.automountServiceAccountToken, name).toBe(false)
      for (const container of spec.containers) {
        expect(container.securityContext, name).toMatchObject({
          allowPrivilegeEscalation: false,
          capabilities: { drop: ["ALL"] },
        })
      }
    }
  })

  test("watches every process and bounds its memory", () => {
    for (const { name, spec } of pods) {
      for (const container of spec.containers) {
        expect(container.livenessProbe, name).toBeDefined()
        expect(container.readinessProbe, name).toBeDefined()
        expect(container.resources?.limits?.memory, name).toMatch(/^\d+[MG]i$/)
      }
    }
  })

  test("has one kernel, whose replacement waits for the volume", () => {
    const kernel = manifests.find(({ kind, metadata }) => kind === "Deployment" && metadata.name === "nexus-kernel")
    expect(kernel?.spec).toMatchObject({ replicas: 1, strategy: { type: "Recreate" } })
  })

  test("holds no secret", () => {
    expect(manifests.filter(({ kind }) => kind === "Secret")).toEqual([])
  })
})

interface PodSpec {
  readonly securityContext?: object
  readonly automountServiceAccountToken?: boolean
  readonly containers: readonly {
    readonly securityContext?: object
    readonly livenessProbe?: object
    readonly readinessProbe?: object
    readonly resources?: { readonly limits?: { readonly memory?: string } }
  }[]
}

test("the cluster on one machine forwards the kernel's node port", () => {
  const [cluster] = documents(readFileSync(join(root, "kind-config.yaml"), "utf8"))
  const service = manifestsOf("base").find(
    ({ kind, metadata }) => kind === "Service" && metadata.name === "nexus-kernel",
  )
  expect(service?.spec).toMatchObject({ ports: [{ port: 4400 }] })
  expect(cluster?.nodes).toMatchObject([
    { extraPortMappings: [{ containerPort: 30440, hostPort: 4400, listenAddress: "127.0.0.1" }] },
    {},
  ])
  expect(readFileSync(join(k8s, "kind/kustomization.yaml"), "utf8")).toContain("value: 30440")
})

test("the collector that the cluster runs is the one in deploy/", () => {
  const file = join(root, "deploy/otel-collector.yaml")
  const [config] = documents(readFileSync(file, "utf8"))
  expect(config?.service).toMatchObject({ pipelines: { traces: { receivers: ["otlp"], exporters: ["clickhouse"] } } })
  expect(realpathSync(file)).toBe(realpathSync(join(k8s, "production/otel-collector-config.yaml")))
})

test("every manifest is named by a kustomization", () => {
  for (const overlay of overlays) {
    const kustomization = readFileSync(join(k8s, overlay, "kustomization.yaml"), "utf8")
    for (const file of readdirSync(join(k8s, overlay))) {
      if (file !== "kustomization.yaml") expect(kustomization, overlay).toContain(file)
    }
  }
})

test("the image runs as nobody special, from code it cannot change", () => {
  const dockerfile = readFileSync(join(root, "deploy/docker/Dockerfile"), "utf8")
  const stages = dockerfile.split(/^FROM /m).slice(1)
  expect(stages.length).toBeGreaterThan(1)
  for (const stage of stages) expect(stage).toMatch(/^node:26-trixie-slim\b/)
  const last = stages.at(-1) ?? ""
  expect(last).toMatch(/^USER 10001:10001$/m)
  expect(last).toMatch(/^HEALTHCHECK /m)
  expect(last).toContain("--chown=root:root")
  expect(last).toMatch(/\bgit\b/)
})

test("the image brings Debian's WasmEdge and runs handlers on it, unless it is built or told otherwise", () => {
  const dockerfile = readFileSync(join(root, "deploy/docker/Dockerfile"), "utf8")
  const last = dockerfile.split(/^FROM /m).at(-1) ?? ""
  // The first Debian whose WasmEdge is one that the sandbox was tried with.
  expect(last).toMatch(/^node:26-trixie-slim\b/)
  expect(last).toMatch(/apt-get install .*\blibwasmedge0\b/)
  expect(last).toMatch(/^ARG SANDBOX_ENGINE=wasmedge$/m)
  const engine = /\bNEXUS_SANDBOX_ENGINE=(\S+)/.exec(last)?.[1]
  expect(engine).toBe(["$", "{SANDBOX_ENGINE}"].join(""))
  for (const name of ["v8", "wasmedge"]) expect(readSettings({ NEXUS_SANDBOX_ENGINE: name }).sandboxEngine).toBe(name)
  // What is compiled at the first start lies on the volume, and the probes wait for it.
  expect(last).toMatch(/\bHOME=\/data\b/)
  expect(Number(/--start-period=(\d+)s/.exec(last)?.[1])).toBeGreaterThanOrEqual(60)
})
