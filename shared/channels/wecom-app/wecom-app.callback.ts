import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { isSameSecret } from '../../contracts/same-secret.ts'
import { pressedText } from '../../messages/card.ts'
import { type CallbackAnswer, type CallbackReader, FORBIDDEN, NOTHING, type Writing } from '../callback.ts'
import { keepCard } from '../cards.ts'
import { CODE_MS, pressedIn } from './card.ts'

/** PKCS#7 pads to blocks of 32 bytes here, not to AES's 16 (developer.work.weixin.qq.com, 加解密方案说明, 90968). */
const BLOCK_BYTES = 32

/** Random bytes before the length of a message. */
const RANDOM_BYTES = 16

/** What verifies the callbacks of one application. */
export interface CallbackSettings {
  corp: string
  callback: { token: string; aesKey: string }
}

/** The URL to which WeCom brings an application's events: its test of the URL, and presses on cards. */
export const wecomAppCallback: CallbackReader<CallbackSettings> = {
  addressKey: 'wecom',
  read({ method, query, body }, settings, now, random) {
    const isTest = method === 'GET'
    // A plus sign that was not encoded has become a space on the way.
    const encrypted = isTest ? (query.get('echostr') ?? '').replaceAll(' ', '+') : field(body, 'Encrypt')
    const [timestamp, nonce] = [query.get('timestamp') ?? '', query.get('nonce') ?? '']
    const wanted = sign([timestamp, nonce, encrypted], settings)
    if (encrypted === '' || !isSameSecret(query.get('msg_signature') ?? '', wanted)) return FORBIDDEN
    const text = decrypt(encrypted, settings)
    if (text === undefined) return FORBIDDEN
    if (isTest) return { status: 200, type: 'text/plain', body: text }
    const said = { timestamp: String(Math.floor(now / 1000)), nonce, random }
    if (field(text, 'MsgType') === 'text') return writingIn(text, settings, said)
    const code = field(text, 'ResponseCode')
    const [id, key, task] = [field(text, 'FromUserName'), field(text, 'EventKey'), field(text, 'TaskId')]
    if (field(text, 'Event') !== 'template_card_event' || id === '' || key === '') return NOTHING
    const { act, token } = pressedIn(key)
    return {
      token,
      act,
      // What is brought again, as it was not answered within 5 s, has the same time; another press has not.
      once: `${task} ${act} ${id.toLowerCase()} ${field(text, 'CreateTime')}`,
      id,
      ...(code !== '' && {
        keep: (incident, memory) =>
          keepCard({ incident, sender: settings.callback.token }, { task, code }, memory, now + CODE_MS),
      }),
      answer: (result, language) =>
        reply(
          id,
          `<MsgType>${cdata('update_button')}</MsgType><Button><ReplaceName>${cdata(pressedText(result, language))}</ReplaceName></Button>`,
          settings,
          said,
        ),
    }
  },
}

/** What a member has written to the application (developer.work.weixin.qq.com, 消息格式, 90239), and the passive reply to it (90241). */
function writingIn(xml: string, settings: CallbackSettings, said: Said): Writing | CallbackAnswer {
  const [id, text, once] = [field(xml, 'FromUserName'), field(xml, 'Content'), field(xml, 'MsgId')]
  if (id === '' || text === '') return NOTHING
  const answer = (words: string) => `<MsgType>${cdata('text')}</MsgType><Content>${cdata(words)}</Content>`
  return { id, text, once: `${id.toLowerCase()} ${once}`, say: (words) => reply(id, answer(words), settings, said) }
}

/** What an answer is signed with. */
interface Said {
  /** s. */
  timestamp: string
  nonce: string
  random: string
}

/**
 * A passive reply (90241), which may replace the buttons of the card of whoever pressed (`update_button`). The form of that one is not
 * confirmed by the vendor's page: everybody's card is changed by the API when the acknowledgement is told.
 */
function reply(
  to: string,
  content: string,
  settings: CallbackSettings,
  { timestamp, nonce, random }: Said,
): CallbackAnswer {
  const plain = [
    `<xml><ToUserName>${cdata(to)}</ToUserName><FromUserName>${cdata(settings.corp)}</FromUserName>`,
    `<CreateTime>${timestamp}</CreateTime>${content}</xml>`,
  ].join('')
  const encrypted = encrypt(plain, settings, random.slice(0, RANDOM_BYTES))
  const body = [
    `<xml><Encrypt>${cdata(encrypted)}</Encrypt>`,
    `<MsgSignature>${cdata(sign([timestamp, nonce, encrypted], settings))}</MsgSignature>`,
    `<TimeStamp>${timestamp}</TimeStamp><Nonce>${cdata(nonce)}</Nonce></xml>`,
  ].join('')
  return { status: 200, type: 'application/xml', body }
}

/** Hex SHA-1 over token, time, nonce and encrypted text, sorted and joined. */
export function sign(parts: string[], { callback }: CallbackSettings): string {
  return createHash('sha1')
    .update([callback.token, ...parts].sort().join(''))
    .digest('hex')
}

/** Undefined: not encrypted with this key, or not for this company. */
export function decrypt(encrypted: string, settings: CallbackSettings): string | undefined {
  try {
    const key = keyOf(settings)
    const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
    const padded = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()])
    const pad = padded.at(-1) ?? 0
    if (pad < 1 || pad > BLOCK_BYTES) return undefined
    const bytes = padded.subarray(RANDOM_BYTES, padded.length - pad)
    const length = bytes.readUInt32BE(0)
    const receiver = bytes.subarray(4 + length).toString()
    return receiver === settings.corp ? bytes.subarray(4, 4 + length).toString() : undefined
  } catch {
    return undefined
  }
}

/** `random`: 16 characters of one byte each. */
export function encrypt(text: string, settings: CallbackSettings, random: string): string {
  const key = keyOf(settings)
  const message = Buffer.from(text)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(message.length)
  const plain = Buffer.concat([Buffer.from(random), length, message, Buffer.from(settings.corp)])
  const pad = BLOCK_BYTES - (plain.length % BLOCK_BYTES)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])), cipher.final()]).toString(
    'base64',
  )
}

/** 43 characters of base64 are 32 bytes. */
function keyOf({ callback }: CallbackSettings): Buffer {
  return Buffer.from(`${callback.aesKey}=`, 'base64')
}

/** What stands between a tag, with or without CDATA; '' if it is not there. */
function field(xml: string, tag: string): string {
  const found = new RegExp(`<${tag}>\\s*(?:<!\\[CDATA\\[([\\s\\S]*?)\\]\\]>|([^<]*))\\s*</${tag}>`).exec(xml)
  return (found?.[1] ?? found?.[2] ?? '').trim()
}

function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]&gt;')}]]>`
}
