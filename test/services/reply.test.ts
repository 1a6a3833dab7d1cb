import { beforeEach, describe, expect, it } from 'vitest'
import { answerReceipts } from '../../services/acknowledge/receipts.ts'
import { answerWeb } from '../../services/acknowledge/web.ts'
import { receiptsPath } from '../../shared/channels/receipts/receipts-address.ts'
import { textRepliesOf } from '../../shared/channels/receipts/text-events.ts'
import { urlRequestOf } from '../../shared/clouds/aws/function-url.ts'
import { takeTextReplies } from '../../shared/engine/answers/take-text-reply.ts'
import type { EngineIo } from '../../shared/engine/io.ts'
import { directory, PathWorld, phones, policy } from '../engine/world.ts'
import { saidBy, writtenTo } from '../simulators/wecom-app-callback.ts'

const callback = { corp: 'ww01', token: 'FhToken123', aesKey: 'b'.repeat(43) }
const settings = { corp: callback.corp, callback: { token: callback.token, aesKey: callback.aesKey } }
const { lin, wang, tan } = directory.contacts as Record<'lin' | 'wang' | 'tan', { name: string; phone: string }>
const people = {
  ...directory,
  contacts: {
    lin: { ...lin, wecom: 'LinYue' },
    wang: { ...wang, wecom: 'WangLei' },
    tan: { ...tan, language: 'en' as const },
  },
}
let world: PathWorld
let written = 0

const deps = {
  secret: 'secret',
  language: 'zh',
  timezone: 'Asia/Shanghai',
  projects: ['pay', 'shop', 'fenghuo'],
  channels: { app: { name: 'app', type: 'wecom-app', settings } },
  env: {},
  directory: async () => people,
} as const

/** Somebody writes to the application; gives what they read. */
async function says(user: string, text: string, id = String(written++)): Promise<string> {
  const { query, body } = writtenTo({ user, text, id, at: world.now }, callback)
  const request = urlRequestOf({
    ...{ rawPath: '/callback/app', rawQueryString: query, body, headers: {} },
    requestContext: { http: { method: 'POST' } },
  })
  return saidBy((await answerWeb(request, deps, world.io())).body, callback)
}

/** A vendor posts what somebody has texted. */
async function posted(vendor: string, body: object, io: EngineIo = world.io()): Promise<[number, unknown]> {
  const request = urlRequestOf({
    ...{ rawPath: receiptsPath(vendor, 'secret'), body: JSON.stringify(body) },
    requestContext: { http: { method: 'POST' } },
  })
  const answer = await answerReceipts(request, 'secret', deps, io)
  return [answer.statusCode, JSON.parse(answer.body)]
}

const fromTencent = (mobile: string, text: string) => ({
  ...{ extend: '', mobile, nationcode: '86', sign: '示例科技', text },
  time: Math.floor(world.now / 1000),
})
const answered = () => world.texts.filter((text) => text.includes('answered'))

/** `web` of `pay` is down, and Lin is being called. */
beforeEach(async () => {
  world = new PathWorld()
  world.directory = people
  await world.alert('trigger', { title: '收银台' })
  await world.settle()
})

describe('what somebody writes to the WeCom application', () => {
  it('takes an incident in their name, calls off its calls, and says so', async () => {
    const { number } = world.incident()
    expect(await says('linyue', `认领 ${number}`)).toBe(`#${number} 支付 / 收银台：已由您认领。`)
    await world.settle()
    expect(world.incident()).toMatchObject({
      status: 'acknowledged',
      acknowledged: { by: { contact: 'lin' }, via: 'reply' },
    })
    expect(world.calls.at(-1)).toBe('connect stop contact-1')
  })

  it('needs no number where one alone is open', async () => {
    expect(await says('WangLei', 'ack')).toContain('已由您认领')
    expect(world.incident().acknowledged?.by?.contact).toBe('wang')
  })

  it('that two could be meant by is asked back, unless one alone pages its sender', async () => {
    await world.alert('trigger', { dedupKey: 'api', project: 'shop', title: '首页' })
    expect(await says('WangLei', 'ack')).toMatch(/^有多张未恢复的告警单，请写明编号：#\d+、#\d+$/)
    expect(world.incident().status).toBe('open')
    expect(await says('LinYue', 'ack')).toContain('支付 / 收银台：已由您认领')
  })

  it('is told who was faster', async () => {
    const { number } = world.incident()
    await says('LinYue', `ack ${number}`)
    expect(await says('WangLei', `ack ${number}`)).toContain('林悦已认领，无需处理。')
    expect(world.incident().acknowledged?.by?.contact).toBe('lin')
  })

  it.each([
    ['Nobody', 'ack', '您不在任何项目的联系人中'],
    ['LinYue', 'ack 99999', '没有 #99999 这张告警单。'],
    ['LinYue', 'good morning', '没有看懂'],
  ])('of %s: %s changes nothing, and is answered', async (user, text, answer) => {
    expect(await says(user, text)).toContain(answer)
    expect(world.incident().status).toBe('open')
  })

  it('that is not of the project changes nothing there', async () => {
    const { number } = world.incident()
    const others = { ...people, contacts: { wang: people.contacts.wang } }
    const of = { ...deps, directory: async (name: string) => (name === 'pay' ? others : people) }
    const { query, body } = writtenTo({ user: 'LinYue', text: `ack ${number}`, id: '7', at: world.now }, callback)
    const request = urlRequestOf({
      ...{ rawPath: '/callback/app', rawQueryString: query, body, headers: {} },
      requestContext: { http: { method: 'POST' } },
    })
    const { body: answer } = await answerWeb(request, of, world.io())
    expect(saidBy(answer, callback)).toContain('您不是')
    expect(world.incident().status).toBe('open')
  })

  it('passes on once, however often WeCom brings it', async () => {
    await says('LinYue', 'pass', 'm-1')
    await world.settle()
    await says('LinYue', 'pass', 'm-1')
    await world.settle()
    expect(world.calls.filter((call) => call.startsWith(`connect ${phones.wang}`))).toHaveLength(1)
    expect(world.incident().escalation).toMatchObject({ phase: 'layer', layer: 1 })
  })

  it('gives back once: who has taken it since is left in peace', async () => {
    const { number } = world.incident()
    await says('LinYue', `ack ${number}`)
    await says('LinYue', `unack ${number}`, 'm-1')
    await says('WangLei', `ack ${number}`)
    await says('LinYue', `unack ${number}`, 'm-1')
    expect(world.incident()).toMatchObject({ status: 'acknowledged', acknowledged: { by: { contact: 'wang' } } })
  })

  it.each(['ack', 'snooze'])('takes it once by %s: what has been given back since pages on', async (act) => {
    const { number } = world.incident()
    await says('LinYue', `${act} ${number}`, 'm-1')
    await says('LinYue', `unack ${number}`, 'm-2')
    expect(await says('LinYue', `${act} ${number}`, 'm-1')).toContain('现在不')
    expect(world.incident().status).toBe('open')
    await says('LinYue', `${act} ${number}`, 'm-3')
    expect(world.incident().status).toBe('acknowledged')
  })

  it('says the same of an acknowledgement that it brings again', async () => {
    const { number } = world.incident()
    const said = await says('LinYue', `ack ${number}`, 'm-1')
    expect(await says('LinYue', `ack ${number}`, 'm-1')).toBe(said)
  })

  it('snoozes, gives back and resolves', async () => {
    const { number } = world.incident()
    expect(await says('LinYue', `稍后 ${number} 30分钟`, 'm-1')).toContain('02:43 再次呼叫')
    const before = world.incident().step
    expect(await says('LinYue', `稍后 ${number} 30分钟`, 'm-1')).toContain('02:43 再次呼叫')
    expect(world.incident().step).toBe(before)
    expect(await says('WangLei', `退回 ${number}`)).toContain('重新开始呼叫')
    expect(world.incident().status).toBe('open')
    expect(await says('LinYue', `恢复 ${number}`)).toContain('已结束')
    expect(await says('LinYue', `ack ${number}`)).toContain('已经结束')
  })

  it('gives back without a number what its sender is one of two to have', async () => {
    world = new PathWorld({ policies: { default: policy({ acknowledgements: 2 }) } })
    world.directory = people
    await world.alert('trigger')
    await world.settle()
    await says('LinYue', 'ack')
    expect(world.incident().takers).toHaveLength(1)
    expect(await says('LinYue', '退回')).toContain('重新开始呼叫')
    expect(world.incident().takers).toEqual([])
  })

  it('signed by nobody whom we know is refused', async () => {
    const forged = writtenTo({ user: 'LinYue', text: 'ack', id: '1', at: world.now }, { ...callback, token: 'x' })
    const request = urlRequestOf({
      ...{ rawPath: '/callback/app', rawQueryString: forged.query, body: forged.body, headers: {} },
      requestContext: { http: { method: 'POST' } },
    })
    expect(await answerWeb(request, deps, world.io())).toMatchObject({ statusCode: 403 })
    expect(world.incident().status).toBe('open')
  })
})

describe('an answer by text', () => {
  it('takes an incident by the number that it came from, and is answered (Tencent Cloud)', async () => {
    const { number } = world.incident()
    expect(await posted('tencent-sms', fromTencent('13800000001', `认领${number}`))).toEqual([
      200,
      { result: 0, errmsg: 'OK' },
    ])
    await world.settle()
    expect(world.incident().acknowledged).toMatchObject({ by: { contact: 'lin' }, via: 'reply' })
    expect(answered()).toEqual([`${phones.lin} answered: #${number} 支付 / 收银台：已由您认领。`])
  })

  it('comes several at a time by Alibaba Cloud', async () => {
    const up = { phone_number: '13800000002', send_time: '2026-11-22 02:13:30', content: 'ack', sequence_id: 1 }
    const body = [
      { ...up, phone_number: '8613900000000' },
      { odd: true },
      { ...up, sign_name: '示例科技', dest_code: '1069' },
    ]
    expect(await posted('aliyun-sms', body)).toEqual([200, { code: 0, msg: 'ok' }])
    await world.settle()
    expect(world.incident().acknowledged?.by?.contact).toBe('wang')
    expect(answered()).toHaveLength(1)
  })

  it('comes by SNS from AWS', async () => {
    const said = {
      originationNumber: phones.tan,
      destinationNumber: '+6531580000',
      messageKeyword: 'KEYWORD_6531580000',
      messageBody: 'Ack',
      inboundMessageId: 'cae173d2-66b9-564c-8309-21f858e9fb84',
    }
    const event = {
      Records: [{ EventSource: 'aws:sns', Sns: { Type: 'Notification', Message: JSON.stringify(said) } }],
    }
    const replies = textRepliesOf(event)
    expect(replies).toHaveLength(1)
    await takeTextReplies(replies ?? [], deps, world.io())
    expect(world.incident().acknowledged?.by?.contact).toBe('tan')
    expect(world.queue.at(-1)?.message).toMatchObject({ kind: 'answer', contact: 'tan', answer: { result: 'done' } })
  })

  it('from a number that no contact has changes nothing, and costs nothing', async () => {
    await posted('tencent-sms', fromTencent('13900000000', 'ack'))
    await world.settle()
    expect(world.incident().status).toBe('open')
    expect(answered()).toEqual([])
    expect(world.logged).toContainEqual({ level: 'warn', event: 'reply by text', from: '****0000', result: 'nobody' })
  })

  it('that asks for nothing is not answered: a phone may answer texts by itself', async () => {
    await posted('tencent-sms', fromTencent('13800000001', '我正在开车，稍后联系您'))
    await world.settle()
    expect(world.incident().status).toBe('open')
    expect(answered()).toEqual([])
  })

  it('is brought again when the table is away', async () => {
    const away = { ...world.io(), escalate: () => Promise.reject(new Error('away')) }
    expect((await posted('tencent-sms', fromTencent('13800000001', 'ack'), away))[0]).toBe(503)
    expect((await posted('tencent-sms', fromTencent('13800000001', 'ack')))[0]).toBe(200)
    await world.settle()
    expect(world.incident().status).toBe('acknowledged')
  })

  it('leaves receipts of our texts as they were', async () => {
    expect(await posted('tencent-sms', [{ sid: 's-1', report_status: 'SUCCESS' }])).toEqual([
      200,
      { result: 0, errmsg: 'OK' },
    ])
    expect(world.incident().status).toBe('open')
  })
})
