import { guestSource, recorderFile } from "../guest-source.ts"

/**
 * The guest's files as one script. It is made from their TypeScript, which a browser does not read: where the worker is
 * built for one, `sandboxWorker` of `vite.ts` puts the text in the place of this module.
 */
export const prelude = guestSource(recorderFile())
