import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Reads a text file that the configuration names. Throws if it can't. */
export type ReadText = (name: string) => string

/** Files named relative to the folder of a configuration file at `path`. */
export function filesBeside(path: string): ReadText {
  return (name) => readFileSync(resolve(dirname(path), name), 'utf8')
}

/**
 * The certificates of a PEM file, without what stands around them. Throws an error in plain words if there is none, or a
 * private key beside them: what is packed with a function is no place for one.
 */
export function certificatesIn(text: string): string {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    throw new Error('holds a private key, which must come from the environment: keep only the certificates')
  }
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  if (blocks.length === 0) throw new Error('holds no certificate in PEM')
  for (const block of blocks) assertCertificate(block)
  return `${blocks.join('\n')}\n`
}

function assertCertificate(pem: string): void {
  try {
    new X509Certificate(pem)
  } catch {
    throw new Error('holds a certificate that is damaged')
  }
}
