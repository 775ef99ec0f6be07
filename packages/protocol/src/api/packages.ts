import * as z from "zod"
import { Id, Seq } from "../ids.ts"
import { PackageManifest } from "../nxml/components/package-component.ts"
import { endpoint } from "./endpoint.ts"
import { PageNext, PageQuery } from "./page.ts"

/** A package in a workspace, with the names of the components it brought. */
export const PackageAnswer = z.object({
  id: Id,
  name: z.string(),
  version: z.string(),
  description: z.string(),
  components: z.array(z.string()),
})
export type PackageAnswer = Readonly<z.infer<typeof PackageAnswer>>

const none = z.object({})
const workspace = z.object({ workspace: Id })
const shared = { tag: "packages", params: workspace, query: none, body: none, status: 200 } as const

export const listPackages = endpoint({
  ...shared,
  name: "listPackages",
  method: "get",
  path: "/workspaces/{workspace}/packages",
  summary: "The packages a workspace has",
  access: "viewer",
  query: z.object(PageQuery),
  answer: z.object({ packages: z.array(PackageAnswer), ...PageNext }),
  pages: "packages",
})

export const installPackage = endpoint({
  ...shared,
  name: "installPackage",
  method: "post",
  path: "/workspaces/{workspace}/packages",
  summary: "Put a package's components into a workspace; another version of it is replaced",
  access: "editor",
  body: PackageManifest,
  status: 201,
  answer: PackageAnswer.extend({ seq: Seq }),
})

export const removePackage = endpoint({
  ...shared,
  name: "removePackage",
  method: "delete",
  path: "/workspaces/{workspace}/packages/{package}",
  summary: "Take a package out; panels that use it say so until it is back",
  access: "editor",
  params: z.object({ workspace: Id, package: Id }),
  status: 204,
  answer: none,
})
