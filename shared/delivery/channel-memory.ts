import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import type { ChannelMemory } from '../channels/channel.ts'
import type { Shape } from '../contracts/versions.ts'
import type { StoreIo } from '../store/io.ts'
import { channelMemoryKey } from '../store/keys.ts'
import { held, stateIn } from '../store/shape.ts'

/** Bytes of AES-GCM's nonce and tag (NIST SP 800-38D, 5.2.1.1 and 5.2.1.2). */
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** A value as the table has it: encrypted, in base64. */
export const channelMemoryShape: Shape<{ sealed: string }> = { current: 1 }

/**
 * What the channels of a type keep in the incidents table. A vendor's access token posts as we do, so values are encrypted
 * (AES-256-GCM) with a key made of the deployment's secret: whoever reads the table alone has nothing. A table that does not answer
 * costs a request to the vendor, never the message.
 */
export function channelMemory(type: string, secret: string, io: StoreIo): ChannelMemory {
  const failed = (error: unknown): undefined =>
    void io.log({ level: 'warn', event: 'channel memory', channel: type, error: String(error) })
  return {
    async read(name) {
      return readKept(type, name, secret, io).catch(failed)
    },
    async write(name, value, until) {
      const kept = held({ sealed: sealed(value, name, keyOf(secret)) }, channelMemoryShape)
      try {
        await io.incidents.put([{ ...channelMemoryKey(type, name), ...kept, expiresAt: Math.floor(until / 1000) }])
      } catch (error) {
        failed(error)
      }
    },
  }
}

/** What is kept under a name, for what can't go on without it. Rejects when the table does. */
export async function readKept(type: string, name: string, secret: string, io: StoreIo): Promise<string | undefined> {
  const row = await io.incidents.get(channelMemoryKey(type, name))
  const kept = stateIn(row, channelMemoryShape, io.incidents)
  if (kept === undefined || (row?.expiresAt ?? 0) * 1000 <= io.now()) return undefined
  return opened(kept.sealed, name, keyOf(secret))
}

function keyOf(secret: string): Buffer {
  return createHmac('sha256', secret).update('channel-memory').digest()
}

/** The nonce is made of what it encrypts, so that it never serves two texts (RFC 5297's idea). */
function sealed(value: string, name: string, key: Buffer): string {
  const nonce = createHmac('sha256', key)
    .update(JSON.stringify([name, value]))
    .digest()
    .subarray(0, NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name))
  const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64')
}

/** Throws when the deployment's secret is another one, or the value was moved to another name. */
function opened(sealed: string, name: string, key: Buffer): string {
  const bytes = Buffer.from(sealed, 'base64')
  const text = bytes.subarray(NONCE_BYTES + TAG_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(name))
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
}
