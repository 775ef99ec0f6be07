import { readdir, readFile, writeFile } from "node:fs/promises"
import { extname, join } from "node:path"
import { promisify } from "node:util"
import { brotliCompress, constants } from "node:zlib"
import type { Plugin } from "vite"

const COMPRESSIBLE = new Set([".js", ".css", ".svg", ".wasm", ".json"])
const QUALITY = 9
const compress = promisify(brotliCompress)

/**
 * Lays a `.br` beside each file that becomes smaller, so that the first visitor does not wait for the kernel to compress.
 * Quality 9 instead of 11: two percent larger in a tenth of the time.
 */
export function compressed(): Plugin {
  let dir = ""
  return {
    name: "nexus-compressed",
    apply: "build",
    configResolved: ({ root, build }) => {
      dir = join(root, build.outDir, build.assetsDir)
    },
    closeBundle: async () => {
      const names = (await readdir(dir)).filter((name) => COMPRESSIBLE.has(extname(name)))
      await Promise.all(names.map((name) => writeCompressed(join(dir, name))))
    },
  }
}

async function writeCompressed(path: string): Promise<void> {
  const plain = await readFile(path)
  const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length }
  const small = await compress(plain, { params })
  if (small.length < plain.length) await writeFile(`${path}.br`, small)
}
