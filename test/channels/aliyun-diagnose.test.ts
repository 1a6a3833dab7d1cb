import { expect, it } from 'vitest'
import { diagnoseVoice } from '../../shared/channels/aliyun-voice/diagnose.ts'
import { url } from '../../shared/channels/aliyun-voice/request.ts'
import type { DiagnoseRouteIo } from '../../shared/channels/diagnoses/diagnosis.ts'
import { at } from '../messages/notices.ts'
import { answering } from './io.ts'

const settings = { keyId: 'id', keySecret: 'secret' }
const route = { name: '+86', written: settings, settings: async () => settings, numbers: async () => [], atOnce: 1 }

/** What doctor says, of a vendor that answers so. */
async function told(answer: object, env: Record<string, string> = {}, asked = route): Promise<string[]> {
  const { fetch } = answering(answer)
  const io = { now: () => at('02:14'), fetch, env: {}, channelEnv: async () => env } as unknown as DiagnoseRouteIo
  const signal = AbortSignal.timeout(5_000)
  const found = await Promise.all(diagnoseVoice(asked, { type: 'aliyun-ivr', url }, io).map(({ ask }) => ask(signal)))
  return found.flat().map(({ status, detail }) => `${status}: ${detail.en}`)
}

it.each([
  ['isv.INVALID_PARAMETERS', 'ok: the key is taken, and the account is served'],
  ['SignatureDoesNotMatch', 'fault: the vendor says SignatureDoesNotMatch'],
  ['InvalidAccessKeyId.NotFound', 'fault: the vendor says InvalidAccessKeyId.NotFound'],
  ['isv.AMOUNT_NOT_ENOUGH', 'fault: the vendor says isv.AMOUNT_NOT_ENOUGH'],
  ['isp.RAM_PERMISSION_DENY', 'warning: the vendor says isp.RAM_PERMISSION_DENY'],
  ['isp.SYSTEM_ERROR', "warning: the vendor can't be asked now: isp.SYSTEM_ERROR"],
])('key and account: %s', async (Code, line) => {
  expect((await told({ Code, Message: '' }))[0]).toBe(line)
})

it('the address of receipts is told, with its token', async () => {
  const env = { ACKNOWLEDGE_URL: 'https://ack.example.com/', FENGHUO_SECRET: 'secret' }
  expect((await told({}, env))[1]).toMatch(
    /to be posted to https:\/\/ack\.example\.com\/receipts\/aliyun-voice\/[\w-]{32};/,
  )
  expect((await told({}))[1]).toContain('names no address')
})

it('receipts that are read from queues are not to be posted by the vendor', async () => {
  const env = { ACKNOWLEDGE_URL: 'https://ack.example.com/', FENGHUO_SECRET: 'secret' }
  const receipts = { queues: ['Alicom-Queue-1234567890-VoiceReport'], at: 'aliyun/cn-hangzhou' }
  const queued = { ...route, written: { ...settings, receipts } }
  expect((await told({}, env, queued))[1]).toMatch(
    /function receipts at aliyun\/cn-hangzhou reads Alicom-Queue-1234567890-VoiceReport and hands it to https:\/\/ack\.example\.com\//,
  )
})
