import { create } from "zustand"

/** Where somebody was in the gallery, so that it opens there again after a look at the canvas. */
export const useGallery = create<{
  readonly text: string
  readonly category: string | undefined
  readonly chosen: string | undefined
}>(() => ({ text: "", category: undefined, chosen: undefined }))
