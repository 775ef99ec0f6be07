import { type ApiClient, endpoints } from "@nexus/protocol"
import type { WorkspaceFiles } from "@nexus/reactor/react"
import { fetchByXhr } from "../connect/fetch-by-xhr.ts"
import { sentence } from "../connect/sentence.ts"

/** What a kernel takes unless it says otherwise; asked for when the first File is painted. */
const USUAL_MAX_BYTES = 50 * 1024 * 1024
/** Kinds that a page of ours may show; everything else becomes plain bytes, so that opening it runs nothing. */
const SHOWN = /^image\/(?:png|jpeg|gif|webp|avif|bmp)$/

/**
 * The files of a workspace for its panels. A browser sends no token for an `<img>`, and a token in an address ends up in
 * logs, so a file is fetched with the token here and shown by an address of this page alone (`blob:`). A file that is
 * open twice is fetched once.
 */
export function createWorkspaceFiles(api: ApiClient, workspace: string): WorkspaceFiles {
  let maxBytes: number | undefined
  const opened = new Map<string, { readonly url: Promise<string>; uses: number; readonly stop: AbortController }>()

  const fetchFile = async (file: string, signal: AbortSignal): Promise<string> => {
    const answer = await api.open(endpoints.readFile, { params: { workspace, file }, signal })
    const bytes = await answer.blob()
    const type = SHOWN.test(bytes.type) ? bytes.type : "application/octet-stream"
    return URL.createObjectURL(new Blob([bytes], { type }))
  }

  return {
    get maxBytes() {
      if (maxBytes === undefined) {
        maxBytes = USUAL_MAX_BYTES
        api.call(endpoints.listFiles, { params: { workspace } }).then(
          (answer) => {
            maxBytes = answer.maxBytes
          },
          () => {
            // The kernel says its limit again when a file is over it.
            maxBytes = undefined
          },
        )
      }
      return maxBytes
    },
    async upload(file, onProgress, signal) {
      const query = { name: file.name, ...(file.type === "" ? {} : { type: file.type }) }
      try {
        const { id, name, type, size } = await api.call(endpoints.uploadFile, {
          params: { workspace },
          query,
          bytes: file,
          signal,
          fetch: fetchByXhr(onProgress),
        })
        return { id, name, type, size }
      } catch (error) {
        throw new Error(sentence(error), { cause: error })
      }
    },
    async open(id, signal) {
      let entry = opened.get(id)
      if (!entry) {
        const stop = new AbortController()
        entry = { url: fetchFile(id, stop.signal), uses: 0, stop }
        opened.set(id, entry)
      }
      const held = entry
      held.uses += 1
      const release = () => {
        held.uses -= 1
        if (held.uses > 0 || opened.get(id) !== held) return
        opened.delete(id)
        held.stop.abort()
        held.url.then(URL.revokeObjectURL, () => {})
      }
      let released = false
      const once = () => {
        if (!released) release()
        released = true
      }
      signal.addEventListener("abort", once, { once: true })
      try {
        return { url: await held.url, release: once }
      } catch (error) {
        once()
        throw new Error(sentence(error), { cause: error })
      }
    },
  }
}
