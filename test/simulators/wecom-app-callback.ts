import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'

/** An application's callback as it was set in the console. */
export interface WecomCallback {
  corp: string
  token: string
  aesKey: string
}

/** What WeCom sends when `user` presses a button that carries `key`: query and body of a POST (90968, 90376). */
export function pressOn(
  { user, key, task, code = '', at }: { user: string; key: string; task: string; code?: string; at: number },
  callback: WecomCallback,
): { query: string; body: string } {
  const event = [
    ['ToUserName', callback.corp],
    ['FromUserName', user],
    ['CreateTime', String(Math.floor(at / 1000))],
    ['MsgType', 'event'],
    ['Event', 'template_card_event'],
    ['EventKey', key],
    ['TaskId', task],
    ['CardType', 'button_interaction'],
    ['ResponseCode', code],
  ]
  return brought(event, callback, at)
}

/** What WeCom sends when `user` writes to the application (90239). */
export function writtenTo(
  { user, text, id, at }: { user: string; text: string; id: string; at: number },
  callback: WecomCallback,
): { query: string; body: string } {
  const message = [
    ['ToUserName', callback.corp],
    ['FromUserName', user],
    ['CreateTime', String(Math.floor(at / 1000))],
    ['MsgType', 'text'],
    ['Content', text],
    ['MsgId', id],
    ['AgentID', '1'],
  ]
  return brought(message, callback, at)
}

function brought(fields: string[][], callback: WecomCallback, at: number): { query: string; body: string } {
  const xml = `<xml>\n${fields.map(([tag, text]) => `<${tag}>\n<![CDATA[${text}]]>\n</${tag}>`).join('\n')}\n</xml>`
  const encrypted = encrypt(xml, callback)
  const query = signed(encrypted, callback, at)
  return {
    query,
    body: `<xml><ToUserName><![CDATA[${callback.corp}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
  }
}

/** The test of a URL: query of a GET. */
export function testOfUrl(echo: string, callback: WecomCallback, at: number): string {
  const encrypted = encrypt(echo, callback)
  return `${signed(encrypted, callback, at)}&echostr=${encodeURIComponent(encrypted)}`
}

/** What a passive reply replaces the pressed button with; throws when it is not signed and encrypted as WeCom wants it. */
export function replacedBy(reply: string, callback: WecomCallback): string {
  return /<Button><ReplaceName><!\[CDATA\[(.*?)\]\]>/.exec(plainOf(reply, callback))?.[1] ?? ''
}

/** What a passive reply of text says to whoever wrote; throws alike. */
export function saidBy(reply: string, callback: WecomCallback): string {
  const content = /<MsgType><!\[CDATA\[text\]\]><\/MsgType><Content><!\[CDATA\[(.*?)\]\]><\/Content>/
  return content.exec(plainOf(reply, callback))?.[1] ?? ''
}

function plainOf(reply: string, callback: WecomCallback): string {
  const [encrypted = '', signature, timestamp = '', nonce = ''] = ['Encrypt', 'MsgSignature', 'TimeStamp', 'Nonce'].map(
    (tag) => new RegExp(`<${tag}>(?:<!\\[CDATA\\[)?(.*?)(?:\\]\\]>)?</${tag}>`).exec(reply)?.[1],
  )
  if (signatureOf([timestamp, nonce, encrypted], callback) !== signature) throw new Error(`not signed: ${reply}`)
  const decipher = createDecipheriv('aes-256-cbc', ...keyOf(callback)).setAutoPadding(false)
  const bytes = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()])
  return bytes.subarray(20, 20 + bytes.readUInt32BE(16)).toString()
}

function signed(encrypted: string, callback: WecomCallback, at: number): string {
  const [timestamp, nonce] = [String(Math.floor(at / 1000)), '1372623149']
  return `msg_signature=${signatureOf([timestamp, nonce, encrypted], callback)}&timestamp=${timestamp}&nonce=${nonce}`
}

function signatureOf(parts: string[], { token }: WecomCallback): string {
  return createHash('sha1')
    .update([token, ...parts].sort().join(''))
    .digest('hex')
}

function encrypt(text: string, callback: WecomCallback): string {
  const message = Buffer.from(text)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(message.length)
  const plain = Buffer.concat([Buffer.from('0123456789abcdef'), length, message, Buffer.from(callback.corp)])
  const pad = 32 - (plain.length % 32)
  const cipher = createCipheriv('aes-256-cbc', ...keyOf(callback)).setAutoPadding(false)
  return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])), cipher.final()]).toString(
    'base64',
  )
}

function keyOf({ aesKey }: WecomCallback): [Buffer, Buffer] {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  return [key, key.subarray(0, 16)]
}
