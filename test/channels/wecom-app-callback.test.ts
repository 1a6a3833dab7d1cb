import { expect, test } from 'vitest'
import { encrypt, sign, wecomAppCallback } from '../../shared/channels/wecom-app/wecom-app.callback.ts'
import sample from '../samples/wecom-app-callback-aes.selfcomputed.json' with { type: 'json' }

const settings = { corp: sample.receiveId, callback: { token: sample.token, aesKey: sample.encodingAESKey } }
const now = 1_795_832_786_000
const read = (method: string, query: Record<string, string>, body = '', of = settings) =>
  wecomAppCallback.read({ method, query: new URLSearchParams(query), headers: {}, body }, of, now, '00112233445566aa')
const refused = { status: 403, type: 'text/plain', body: '' }

test('the test of the URL is answered with the bare text', () => {
  const { query, answerBody } = sample.urlVerification
  expect(read('GET', query)).toEqual({ status: 200, type: 'text/plain', body: answerBody })
})

test('a plus sign that has become a space does no harm', () => {
  const query = { ...sample.urlVerification.query }
  expect(query.echostr).toContain('+')
  expect(read('GET', { ...query, echostr: query.echostr.replaceAll('+', ' ') })).toMatchObject({ status: 200 })
})

test('a press says who and on what', () => {
  expect(read('POST', sample.event.query, sample.event.body)).toMatchObject({ token: 'ack', id: 'LinYue' })
})

test('its answer replaces the button, encrypted and signed', () => {
  const query = { ...sample.event.query, nonce: sample.passiveReply.nonce }
  const msg_signature = sign([query.timestamp, query.nonce, sample.event.encrypt], settings)
  const press = read('POST', { ...query, msg_signature }, sample.event.body)
  if (!('token' in press)) throw new Error('no press')
  expect(encrypt(sample.passiveReply.plain, settings, sample.passiveReply.random16)).toBe(sample.passiveReply.encrypt)
  expect(press.answer({ result: 'taken', name: '林悦' }, 'zh')).toMatchObject({ status: 200, type: 'application/xml' })
})

test.each([
  ['a signature that is not the vendor’s', { msg_signature: 'x' }, sample.event.body, settings],
  ['another time than was signed', { timestamp: '1795832786' }, sample.event.body, settings],
  ['a text that was not encrypted', {}, '<xml><Encrypt><![CDATA[bm90IGVuY3J5cHRlZA==]]></Encrypt></xml>', settings],
  ['an event of another company', {}, sample.event.body, { ...settings, corp: 'ww9' }],
  ['nothing', {}, '', settings],
])('%s is refused', (_, changes, body, of) => {
  const query: Record<string, string> = { ...sample.event.query, ...changes }
  // What is signed by whoever has the token, and still not encrypted with the key.
  const encrypted = /CDATA\[(bm90.*?)\]/.exec(body)?.[1]
  if (encrypted) query.msg_signature = sign([query.timestamp ?? '', query.nonce ?? '', encrypted], of)
  expect(read('POST', query, body, of)).toEqual(refused)
})

test('other events are taken and mean nothing', () => {
  const encrypted = encrypt('<xml><MsgType>event</MsgType><Event>subscribe</Event></xml>', settings, '0123456789abcdef')
  const query = { timestamp: '1795832785', nonce: '7' }
  const msg_signature = sign(['1795832785', '7', encrypted], settings)
  expect(read('POST', { ...query, msg_signature }, `<xml><Encrypt>${encrypted}</Encrypt></xml>`)).toMatchObject({
    status: 200,
    body: '',
  })
})
