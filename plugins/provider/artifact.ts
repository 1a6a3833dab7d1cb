import { unzipSync, zipSync } from 'fflate'
import type { Files } from './service.ts'

/** Every file's time: a zip with the same content has the same bytes. (A zip's time has no zone, so this one is local.) */
const NO_TIME = new Date(1980, 0, 1)

/** Unix permissions of every file (rwxr-xr-x: some packages bring programs), where zip keeps them. */
const RUNNABLE = 0o100755 << 16

/** The files of a zip. Throws if it is none. */
export function readZip(bytes: Uint8Array): Files {
  const files = unzipSync(bytes)
  return Object.fromEntries(Object.entries(files).filter(([path]) => !path.endsWith('/')))
}

/** A zip whose bytes depend on paths and contents only. */
export function writeZip(files: Files): Buffer {
  const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))
  return Buffer.from(zipSync(Object.fromEntries(sorted), { level: 9, mtime: NO_TIME, os: 3, attrs: RUNNABLE }))
}
