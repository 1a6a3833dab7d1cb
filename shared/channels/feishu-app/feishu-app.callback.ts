import { createDecipheriv, createHash } from 'node:crypto'
import { jsonIn } from '../../contracts/json-in.ts'
import { isSameSecret } from '../../contracts/same-secret.ts'
import { cardActs, type PressResult, pressedText } from '../../messages/card.ts'
import { type CallbackAnswer, type CallbackReader, FORBIDDEN, NOTHING } from '../callback.ts'

/** Older requests may be somebody's recording. */
const FRESH_S = 5 * 60

const IV_BYTES = 16

/** What verifies the callbacks of one application. */
export interface CallbackSettings {
  app: string
  callback: { token: string; encryptKey: string }
}

/**
 * Presses on the application's cards (open.larkoffice.com, 处理卡片回调, `card.action.trigger`; npm @larksuiteoapi/node-sdk, AESCipher and
 * checkIsEventValidated). The answer is due in 3 s, and a press is never brought again.
 */
export const feishuAppCallback: CallbackReader<CallbackSettings> = {
  addressKey: 'feishu',
  read({ method, headers, body }, { app, callback }, now) {
    if (method !== 'POST') return FORBIDDEN
    const plain = decrypted(Object(jsonIn(body)).encrypt, callback.encryptKey)
    const { type, challenge, token, header, event } = Object(plain)
    // The test of the URL is encrypted with the key, and has no signature.
    if (type === 'url_verification')
      return isSameSecret(String(token), callback.token) ? json({ challenge: String(challenge) }) : FORBIDDEN
    const { event_type: kind, event_id: once, app_id: of, token: shown } = Object(header)
    const isOurs = of === app && isSameSecret(String(shown), callback.token)
    if (!isOurs || !isSigned(headers, body, callback.encryptKey, now)) return FORBIDDEN
    const { operator, action } = Object(event)
    const { act, token: link } = Object(Object(action).value)
    const { open_id: id, user_id: other } = Object(operator)
    const known = cardActs.find((one) => one === act)
    if (kind !== 'card.action.trigger' || known === undefined) return NOTHING
    if (typeof link !== 'string' || typeof id !== 'string') return NOTHING
    return {
      token: link,
      act: known,
      id,
      ...(typeof other === 'string' && other !== '' && { otherId: other }),
      ...(typeof once === 'string' && { once }),
      answer: (result, language) => json({ toast: { type: kindOf(result), content: pressedText(result, language) } }),
    }
  },
}

function kindOf({ result }: PressResult): 'success' | 'warning' | 'info' {
  if (result === 'nobody' || result === 'unknown') return 'warning'
  return result === 'over' || result === 'expired' ? 'info' : 'success'
}

function isSigned(headers: Record<string, string>, body: string, key: string, now: number): boolean {
  const at = headers['x-lark-request-timestamp'] ?? ''
  const text = `${at}${headers['x-lark-request-nonce'] ?? ''}${key}${body}`
  const wanted = createHash('sha256').update(text).digest('hex')
  const isFresh = /^\d{1,12}$/.test(at) && Math.abs(now / 1000 - Number(at)) <= FRESH_S
  return isFresh && isSameSecret(headers['x-lark-signature'] ?? '', wanted)
}

/** AES-256-CBC with the SHA-256 of the key; the IV stands before the text. Undefined: it is none of the vendor's. */
function decrypted(encrypted: unknown, key: string): unknown {
  if (typeof encrypted !== 'string') return undefined
  const bytes = Buffer.from(encrypted, 'base64')
  try {
    const decipher = createDecipheriv(
      'aes-256-cbc',
      createHash('sha256').update(key).digest(),
      bytes.subarray(0, IV_BYTES),
    )
    return jsonIn(Buffer.concat([decipher.update(bytes.subarray(IV_BYTES)), decipher.final()]).toString())
  } catch {
    return undefined
  }
}

function json(body: object): CallbackAnswer {
  return { status: 200, type: 'application/json', body: JSON.stringify(body) }
}
