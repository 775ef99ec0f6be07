export interface SendOptions {
  readonly token: string | undefined
  readonly onProgress: (share: number) => void
  readonly signal: AbortSignal
}

/** Posts bytes and hears how far they are. Rejects when there is no answer, with an `AbortError` when it was told to stop. */
export type SendBytes = (url: string, bytes: Blob, options: SendOptions) => Promise<Response>

/** By XMLHttpRequest: `fetch` does not say how much of a body was sent. */
export const sendBytesByXhr: SendBytes = (url, bytes, { token, onProgress, signal }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const stop = () => request.abort()
    const over = () => signal.removeEventListener("abort", stop)
    request.open("POST", url)
    request.setRequestHeader("content-type", "application/octet-stream")
    if (token) request.setRequestHeader("authorization", `Bearer ${token}`)
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onload = () => {
      over()
      const type = request.getResponseHeader("content-type") ?? ""
      resolve(new Response(request.responseText, { status: request.status, headers: { "content-type": type } }))
    }
    request.onerror = () => {
      over()
      reject(new Error("The line to the kernel broke. Check the connection, then choose the file again."))
    }
    request.onabort = () => {
      over()
      reject(new DOMException("It was stopped.", "AbortError"))
    }
    signal.addEventListener("abort", stop)
    if (signal.aborted) stop()
    else request.send(bytes)
  })
