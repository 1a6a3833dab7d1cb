import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Mistake } from '../contracts/mistake.ts'
import type { Bilingual } from '../contracts/words.ts'

/** What is wrong with a file that the configuration names. */
export class FileMistake extends Error {
  readonly mistake: Mistake

  constructor(code: string, words: Bilingual) {
    super(words.en)
    this.mistake = { code, words }
  }
}

/** Reads a file that the configuration names: as text, or in base64. Throws if it can't. */
export type ReadText = (name: string, encoding?: 'utf8' | 'base64') => string

/** Files named relative to the folder of a configuration file at `path`. */
export function filesBeside(path: string): ReadText {
  return (name, encoding = 'utf8') => readFileSync(resolve(dirname(path), name), encoding)
}

/** Each page carries its image in itself, and each reader loads it: of so many bytes at most. */
const MOST_IMAGE_BYTES = 65_536

const imageTypes: Record<string, string> = { svg: 'svg+xml', png: 'png', jpg: 'jpeg', jpeg: 'jpeg', webp: 'webp' }

/** An image, in base64, of a file as a data URL. Throws a `FileMistake` for one that is too large. */
export function imageOf(base64: string, name: string): string {
  const bytes = Math.floor((base64.length * 3) / 4)
  if (bytes > MOST_IMAGE_BYTES)
    throw new FileMistake('large-image', {
      en: `has ${Math.ceil(bytes / 1024)} kB, and each reader of the page would load them: at most ${MOST_IMAGE_BYTES / 1024} kB`,
      zh: `有 ${Math.ceil(bytes / 1024)} kB，页面的每位读者都要加载：至多 ${MOST_IMAGE_BYTES / 1024} kB`,
    })
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  return `data:image/${imageTypes[extension] ?? 'png'};base64,${base64}`
}

/**
 * The certificates of a PEM file, without what stands around them. Throws a `FileMistake` if there is none, or a
 * private key beside them: what is packed with a function is no place for one.
 */
export function certificatesIn(text: string): string {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    throw new FileMistake('private-key', {
      en: 'holds a private key, which must come from the environment: keep only the certificates',
      zh: '含有私钥，私钥必须来自环境变量：只留证书',
    })
  }
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  if (blocks.length === 0)
    throw new FileMistake('no-certificate', { en: 'holds no certificate in PEM', zh: '没有 PEM 格式的证书' })
  for (const block of blocks) assertCertificate(block)
  return `${blocks.join('\n')}\n`
}

function assertCertificate(pem: string): void {
  try {
    new X509Certificate(pem)
  } catch {
    throw new FileMistake('damaged-certificate', {
      en: 'holds a certificate that is damaged',
      zh: '有一张证书是坏的',
    })
  }
}
