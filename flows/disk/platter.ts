import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import type { Done } from "./record.ts"

/**
 * What a disk holds for good, against what a program believes to have written. Between two syncs a file's pages are in the
 * system's memory alone; the system may write any of them at any time, in any order and half. So at a power cut each
 * sector of each page that was touched since is either old or new, a length is the old one, the new one or between, and
 * of what happened to names since the folder was synced a beginning has come about. A page whose sync failed is clean:
 * the system has forgotten that it must be written, and no later sync brings it to the disk unless it is written to again.
 */
export class Platter {
  readonly #names = new Map<string, File>()
  #durableNames = new Map<string, File>()
  readonly #handles = new Map<number, File>()
  /** What happened to names since the folder was synced. */
  #waiting: ((names: Map<string, File>) => void)[] = []
  readonly #random: (below: number) => number

  /** Everything that lies in `folder` now is there for good. */
  constructor(folder: string, random: (below: number) => number) {
    this.#random = random
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.name.endsWith("-shm")) continue
      const path = join(entry.parentPath, entry.name)
      const file = new File(readFileSync(path))
      this.#names.set(path.slice(folder.length + 1), file)
    }
    this.#durableNames = new Map(this.#names)
  }

  happened(done: Done): void {
    switch (done.kind) {
      case "opened":
        this.#opened(done.handle, done.name)
        return
      case "written":
        this.#handles.get(done.handle)?.write(done.at, done.data)
        return
      case "cutTo":
        this.#handles.get(done.handle)?.cutTo(done.length)
        return
      case "synced":
        this.#handles.get(done.handle)?.sync(done.ok, this.#random)
        return
      case "folderSynced":
        for (const change of this.#waiting) change(this.#durableNames)
        this.#waiting = []
        return
      case "removed":
        this.#rename((names) => void names.delete(done.name))
        return
      case "renamed":
        this.#rename((names) => {
          const file = names.get(done.from)
          if (!file) return
          names.delete(done.from)
          names.set(done.to, file)
        })
        return
      default:
    }
  }

  /** Writes into an empty folder what is there when the power is cut now. */
  cut(folder: string): void {
    const names = new Map(this.#durableNames)
    for (const change of this.#waiting.slice(0, this.#random(this.#waiting.length + 1))) change(names)
    for (const [name, file] of names) {
      const path = join(folder, name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, file.afterCut(this.#random))
    }
  }

  #opened(handle: number, name: string): void {
    let file = this.#names.get(name)
    if (!file) {
      const made = new File(Buffer.alloc(0))
      file = made
      this.#rename((names) => void names.set(name, made))
    }
    this.#handles.set(handle, file)
  }

  #rename(change: (names: Map<string, File>) => void): void {
    change(this.#names)
    this.#waiting.push(change)
  }
}

const PAGE = 4096
const SECTOR = 512

class File {
  #now: Buffer
  #length: number
  #durable: Buffer
  #dirty = new Set<number>()

  constructor(content: Buffer) {
    this.#now = Buffer.from(content)
    this.#length = content.length
    this.#durable = Buffer.from(content)
  }

  write(at: number, data: Buffer): void {
    const end = at + data.length
    if (end > this.#now.length) {
      const grown = Buffer.alloc(Math.max(end, this.#now.length * 2))
      this.#now.copy(grown)
      this.#now = grown
    }
    data.copy(this.#now, at)
    this.#length = Math.max(this.#length, end)
    for (let page = Math.floor(at / PAGE); page * PAGE < end; page += 1) this.#dirty.add(page)
  }

  cutTo(length: number): void {
    const before = this.#length
    if (length > before) this.write(length, Buffer.alloc(0))
    else this.#now.fill(0, length, before)
    this.#length = length
    for (let page = Math.floor(length / PAGE); page * PAGE <= before; page += 1) this.#dirty.add(page)
  }

  sync(ok: boolean, random: (below: number) => number): void {
    if (ok) {
      const durable = Buffer.alloc(this.#length)
      this.#durable.copy(durable)
      for (const page of this.#dirty) {
        const [from, to] = [page * PAGE, this.#endOf(page)]
        if (from < to) this.#now.copy(durable, from, from, to)
      }
      this.#durable = durable
    } else this.#durable = this.afterCut(random)
    this.#dirty.clear()
  }

  afterCut(random: (below: number) => number): Buffer {
    if (this.#dirty.size === 0) return this.#durable
    const lengths = [this.#durable.length, this.#length]
    const [least = 0, most = 0] = lengths.toSorted((a, b) => a - b)
    const between = Math.min(most, least + SECTOR * random(Math.ceil((most - least) / SECTOR) + 1))
    const content = Buffer.alloc([...lengths, between][random(3)] ?? most)
    this.#durable.copy(content)
    // Each cut has its own fortune: nearly all, nearly nothing, or half of the pages.
    const chance = [1, 4, 7][random(3)] ?? 4
    for (const page of this.#dirty) {
      const torn = random(4) === 0
      const whole = random(8) < chance
      for (let at = page * PAGE; at < Math.min(this.#endOf(page), content.length); at += SECTOR) {
        const to = Math.min(at + SECTOR, this.#length)
        if (torn ? random(2) === 0 : whole) this.#now.copy(content, at, at, to)
      }
    }
    return content
  }

  #endOf(page: number): number {
    return Math.min((page + 1) * PAGE, this.#length)
  }
}
