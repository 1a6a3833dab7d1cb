import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Files in PEM: an authority, and the certificate with its key that it signed for 127.0.0.1. */
export interface Certificate {
  ca: string
  cert: string
  key: string
}

/** Makes a certificate as most of the web shows them: ECDSA with P-256, signed by an authority of its own. Needs `openssl`. */
export async function makeCertificate(folder: string): Promise<Certificate> {
  const file = (name: string) => join(folder, `${name}.pem`)
  const [ca, caKey, cert, key] = [file('ca'), file('ca.key'), file('target'), file('target.key')]
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  await openssl(['req', '-x509', ...newKey, '-subj', '/CN=bench CA', '-keyout', caKey, '-out', ca])
  const signer = [
    '-CA',
    ca,
    '-CAkey',
    caKey,
    '-addext',
    'subjectAltName=IP:127.0.0.1',
    '-addext',
    'basicConstraints=CA:FALSE',
  ]
  await openssl(['req', '-x509', ...newKey, '-subj', '/CN=target', ...signer, '-keyout', key, '-out', cert])
  return { ca, cert, key }
}

async function openssl(options: string[]): Promise<void> {
  try {
    await run('openssl', options)
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string }
    throw new Error(code === 'ENOENT' ? 'openssl is not installed; Debian: apt-get install openssl' : message)
  }
}
