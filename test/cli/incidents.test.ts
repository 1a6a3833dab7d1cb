import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checksOf, contactsOf, incidentsOf } from '../../cli/engine.ts'
import type { Severity } from '../../shared/contracts/words.ts'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import { takeAlert } from '../../shared/engine/take-alert.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import type { Plan } from '../../shared/oncall/plan.ts'
import { readIncident, readTimeline } from '../../shared/store/incidents.ts'
import { logNothing } from '../store/log-nothing.ts'
import { people, startTestStack, type TestStack } from './stack.ts'
import { startOfTest } from './terminal.ts'

let stack: TestStack
beforeAll(async () => {
  stack = await startTestStack('local')
  await contactsOf(stack.target).write('pay', { contacts: people, schedules: {}, overrides: [] })
})
afterAll(() => stack.stop())

/** 林悦 is told by text, and the group by its robot. */
const plan: Plan = {
  layers: [
    {
      targets: [{ contact: 'lin', name: '林悦', language: 'zh', channels: ['sms'], fallback: [] }],
      calls: 2,
      ackTimeoutMs: 300_000,
      notes: [{ code: 'without-phone', args: { contact: 'chen' } }],
    },
  ],
  rounds: 1,
  repeatEveryMs: 1_800_000,
  acknowledgeOn: 'key',
  chat: ['wecom'],
  pages: true,
  at: startOfTest,
}

let key = 0

/** An incident whose first layer is under way, and everybody in it told. */
async function paged(
  facts: { project?: string; class?: string; component?: string; key?: string; at?: number; severity?: Severity } = {},
): Promise<Incident> {
  const { project = 'pay', at = startOfTest, severity = 'critical' } = facts
  const of = { project, groupKey: facts.key ?? `checkout-${++key}` }
  const alert = {
    action: 'trigger',
    dedupKey: of.groupKey,
    project,
    summary: 'checkout fails',
    source: 'grafana',
    severity,
    title: '收银台',
    takenAt: at,
    ...(facts.class && { class: facts.class }),
    ...(facts.component && { component: facts.component }),
  } as const
  const opened = (await takeAlert(alert, '支付', stack.handed)).state
  if (!opened) throw new Error('nothing was opened')
  const event = { type: 'step', plan } as const
  const { state } = await dispatchToIncident(of, { event }, stack.handed)
  if (!state) throw new Error('nothing was paged')
  await stack.drain('escalation')
  return state
}

const current = (incident: Incident) => readIncident(incident, incidentsOf(stack.target))

describe('fenghuo ack', () => {
  let incident: Incident
  beforeEach(async () => {
    incident = await paged()
  })

  it('stops the escalation in the name of a contact, and leaves the telling to page', async () => {
    const { number } = incident
    expect(await stack.terminal.run('ack', String(number), '--as', 'lin')).toEqual({
      code: 0,
      out: `#${number} pay / 收银台 is yours, 林悦. The group hears of it.`,
      err: '',
    })
    expect(await current(incident)).toMatchObject({
      status: 'acknowledged',
      acknowledged: { at: startOfTest, via: 'cli', by: { contact: 'lin', name: '林悦' } },
      escalation: { phase: 'over' },
    })
    const reference = `pay#1#${incident.groupKey}`
    expect(await stack.drain('escalation')).toEqual([
      { v: 1, kind: 'step', incident: reference, step: incident.step + 1 },
    ])
  })

  it("takes the machine's user when nobody is named", async () => {
    const { out } = await stack.terminal.run('ack', `#${incident.number}`, '--json')
    expect(JSON.parse(out)).toMatchObject({
      changed: true,
      incident: { status: 'acknowledged', acknowledged: { by: { contact: 'ubuntu', name: 'ubuntu' } } },
    })
  })

  it('says who was faster, and when', async () => {
    await stack.terminal.run('ack', String(incident.number), '--as', 'wang')
    const again = await stack.terminal.run('ack', String(incident.number), '--as', 'lin')
    expect(again).toEqual({
      code: 0,
      out: `#${incident.number} pay / 收银台 is acknowledged already: 王磊, 02:13 (on the command line).`,
      err: '',
    })
    expect((await current(incident))?.acknowledged?.by?.contact).toBe('wang')
  })

  it('says that it is resolved', async () => {
    await stack.terminal.run('resolve', String(incident.number), '--as', 'wang')
    const late = await stack.terminal.run('ack', String(incident.number), '--as', 'lin')
    expect(late).toEqual({
      code: 1,
      out: `#${incident.number} pay / 收银台 is resolved already: 王磊, 02:13 (on the command line).`,
      err: '',
    })
    expect((await current(incident))?.acknowledged).toBeUndefined()
  })

  it('names the contacts there are when --as names none, and does nothing', async () => {
    const result = await stack.terminal.run('ack', String(incident.number), '--as', 'li')
    expect(result).toMatchObject({
      code: 2,
      err: 'fenghuo: --as li: no such contact in project pay; there are: lin, wang',
    })
    expect((await current(incident))?.status).toBe('open')
  })

  it('knows the contacts of Fenghuo for a project without any', async () => {
    const other = await paged({ project: 'unheard-of' })
    await contactsOf(stack.target).write('fenghuo', { contacts: people, schedules: {}, overrides: [] })
    expect(await stack.terminal.run('ack', String(other.number), '--as', 'wang')).toMatchObject({ code: 0 })
  })

  it.each([
    { number: '9999', err: 'fenghuo: there is no incident #9999 at the local stack', reason: 'a number never given' },
    { number: 'abc', err: 'should be the number of an incident, such as 1024.', reason: 'no number' },
  ])('could not do it: $reason', async ({ number, err }) => {
    const result = await stack.terminal.run('ack', number)
    expect(result).toMatchObject({ code: 2, out: '' })
    expect(result.err).toContain(err)
  })
})

describe('fenghuo resolve', () => {
  it('closes an incident once', async () => {
    const incident = await paged({ class: 'down' })
    const { number } = incident
    expect(await stack.terminal.run('resolve', String(number), '--as', 'lin')).toEqual({
      code: 0,
      out: `#${number} pay / 收银台 is resolved. Everybody who was told hears of it, nobody by phone.`,
      err: '',
    })
    expect(await current(incident)).toMatchObject({
      status: 'resolved',
      resolved: { via: 'cli', by: { contact: 'lin' } },
    })
    expect(await stack.terminal.run('resolve', String(number), '--as', 'wang')).toEqual({
      code: 0,
      out: `#${number} pay / 收银台 is resolved already: 林悦, 02:13 (on the command line).`,
      err: '',
    })
    expect((await current(incident))?.resolved?.by?.contact).toBe('lin')
  })

  it.each([
    { reason: 'a check that still fails', verdict: 'down', isOpen: true, force: [], code: 2 },
    { reason: 'one that still fails, when it is meant', verdict: 'down', isOpen: true, force: ['--force'], code: 0 },
    { reason: 'one that has recovered meanwhile', verdict: 'up', isOpen: false, force: [], code: 0 },
  ])('of $reason: exit code $code', async ({ verdict, isOpen, force, code }) => {
    const incident = await paged({ class: 'down', component: 'pay/checkout' })
    const state = {
      id: 'pay/checkout',
      verdict,
      since: startOfTest - 120_000,
      open: isOpen ? { [incident.groupKey]: startOfTest } : {},
      lastAlertAt: startOfTest,
    }
    await checksOf(stack.target).put([{ pk: 'verdict#pay/checkout', sk: 'state', v: 1, state: JSON.stringify(state) }])
    const result = await stack.terminal.run('resolve', String(incident.number), '--as', 'lin', ...force)
    expect(result.code).toBe(code)
    expect((await current(incident))?.status).toBe(code === 0 ? 'resolved' : 'open')
    if (code !== 0)
      expect(result.err).toBe(
        `fenghuo: #${incident.number} pay / 收银台 goes on: pay/checkout is down since 02:11. It resolves by itself when that ends; ` +
          `bin/fenghuo.js ack ${incident.number} stops the calls until then. --force closes it all the same, and it pages again if it goes on for 10 minutes`,
      )
  })
})

describe('fenghuo note', () => {
  it('adds a line to the timeline and changes nothing else', async () => {
    const incident = await paged()
    const { number } = incident
    expect(await stack.terminal.run('note', String(number), '  rolled back to v41 ', '--as', 'lin')).toEqual({
      code: 0,
      out: `Noted in #${number} pay / 收银台, by 林悦.`,
      err: '',
    })
    expect(await current(incident)).toEqual(incident)
    expect((await readTimeline(incident, { incidents: incidentsOf(stack.target), log: logNothing })).at(-1)).toEqual({
      at: startOfTest,
      generation: 1,
      kind: 'note',
      by: '林悦',
      text: 'rolled back to v41',
    })
  })

  it('gives machines what was noted', async () => {
    const { number } = await paged()
    const { out } = await stack.terminal.run('note', String(number), 'x', '--as', 'lin', '--json')
    expect(JSON.parse(out)).toEqual({ number, by: { contact: 'lin', name: '林悦' }, text: 'x' })
  })

  it.each([
    { text: ' ', reason: 'an empty one' },
    { text: 'x'.repeat(1025), reason: 'a book' },
  ])('refuses $reason', async ({ text }) => {
    const { code, err } = await stack.terminal.run('note', '1001', text)
    expect(code).toBe(2)
    expect(err).toContain('should be 1 to 1024 characters.')
  })
})

describe('fenghuo incidents', () => {
  it('tells one incident with its timeline, in the language of the terminal', async () => {
    const incident = await paged()
    await stack.terminal.run('note', String(incident.number), 'looking', '--as', 'lin')
    await stack.terminal.run('ack', String(incident.number), '--as', 'lin')
    const { code, out } = await stack.terminal.run('incidents', String(incident.number), '--language', 'zh')
    expect(code).toBe(0)
    expect(out.split('\n')).toEqual([
      `#${incident.number} pay / 收银台：严重`,
      '  状态  已认领：林悦，02:13（命令行）',
      '  概要  checkout fails',
      '  来源  grafana',
      '  触发  02:13（UTC+8），0 秒',
      '  认领  林悦，02:13（命令行）',
      '  送达  呼叫 0 次，短信 1 条',
      '',
      '02:13:00  触发，严重：checkout fails（来自 grafana）',
      '02:13:00  第 1 轮第 1 层：联系 林悦（chen 没有电话）',
      '02:13:00  已告知 lin 短信：呼叫通知',
      '02:13:00  已告知 wecom：告警',
      '02:13:00  林悦备注：looking',
      '02:13:00  林悦已认领（命令行）',
    ])
  })

  it('gives machines the facts and the timeline, and none of the stand-ins for numbers', async () => {
    const incident = await paged()
    const { out } = await stack.terminal.run('incidents', String(incident.number), '--json')
    const told = JSON.parse(out)
    expect(told).toMatchObject({
      id: `pay#1#${incident.groupKey}`,
      number: incident.number,
      status: 'open',
      escalation: { phase: 'layer', calling: [{ contact: 'lin', channel: 'sms', status: 'sent' }] },
    })
    expect(told.timeline[0]).toMatchObject({ kind: 'opened', text: 'Opened, CRITICAL: checkout fails (from grafana)' })
    expect(out).not.toContain('person')
  })

  it('lists what is open and what is over, apart', async () => {
    const [open, over] = [await paged(), await paged()]
    await stack.terminal.run('resolve', String(over.number), '--as', 'lin')
    const list = await stack.terminal.run('incidents')
    const lines = list.out.split('\n')
    expect(lines[0]).toMatch(/^NUMBER +SEVERITY +PROJECT +TITLE +OPENED +STATUS +WHO$/)
    const line = lines.find((one) => one.startsWith(`#${open.number} `))
    expect(line?.split(/ {2,}/)).toEqual([
      `#${open.number}`,
      'critical',
      'pay',
      '收银台',
      '02:13',
      'open',
      'told 林悦 in writing',
    ])
    expect(list.out).not.toContain(`#${over.number} `)

    const { out } = await stack.terminal.run('incidents', '--resolved', '--json')
    const numbers = JSON.parse(out).map((one: { number: number }) => one.number)
    expect(numbers).toContain(over.number)
    expect(numbers).not.toContain(open.number)
  })

  it('lists the worst first', async () => {
    await paged({ severity: 'info' })
    await paged({ severity: 'critical' })
    const { out } = await stack.terminal.run('incidents')
    const severities = out
      .split('\n')
      .slice(1)
      .map((line) => line.split(/ {2,}/)[1])
    expect(severities.filter((one, index) => one !== severities[index - 1])).toEqual(['critical', 'info'])
  })

  it('is told in Chinese on a Chinese terminal, headings and all', async () => {
    const { number } = await paged()
    const { out } = await stack.terminal.run('incidents', '--language', 'zh')
    expect(out.split('\n')[0]).toMatch(/^编号 +级别 +项目 +标题 +触发 +状态 +谁$/)
    const line = out.split('\n').find((one) => one.startsWith(`#${number} `))
    expect(line).toMatch(/严重 +pay +收银台 +02:13 +未认领 +已书面通知 林悦$/)
  })

  it('still tells an incident whose trouble came back, by its number, with what was before and after', async () => {
    const first = await paged({ key: 'again' })
    await stack.terminal.run('resolve', String(first.number), '--as', 'lin')
    const second = await paged({ key: 'again', at: startOfTest + 1 })

    const { out } = await stack.terminal.run('incidents', String(first.number))
    const { out: newer } = await stack.terminal.run('incidents', String(second.number))
    expect(out).toContain('  status      resolved\n')
    expect(out).toContain(`  after       #${second.number}, 02:13, 0 s, not over`)
    expect(out).toContain('林悦 closed it (on the command line)')
    expect(newer).toContain(`#${first.number}, 02:13, 0 s, 林悦, 02:13 (on the command line)`)
    const list = JSON.parse((await stack.terminal.run('incidents', '--resolved', '--json')).out)
    expect(list.map((one: { number: number }) => one.number)).toContain(first.number)
  })

  it('notes in the incident that was named, though its trouble came back', async () => {
    const first = await paged({ key: 'noted' })
    await stack.terminal.run('resolve', String(first.number), '--as', 'lin')
    const second = await paged({ key: 'noted', at: startOfTest + 1 })
    await stack.terminal.run('note', String(first.number), 'it was the disk', '--as', 'lin')

    const notesOf = async (incident: Incident) =>
      (await readTimeline(incident, { incidents: incidentsOf(stack.target), log: logNothing })).filter(
        ({ kind }) => kind === 'note',
      ).length
    expect([await notesOf(first), await notesOf(second)]).toEqual([1, 0])
  })

  it('keeps what others wrote from moving the cursor', async () => {
    const alert = {
      action: 'trigger',
      dedupKey: 'escape',
      project: 'pay\u001b[1A',
      summary: 'a\u001b[2Jb',
      source: '\u001b]0;owned\u0007',
      severity: 'critical',
      takenAt: startOfTest,
      labels: { 'x\u001b[3m': '\u001b[0m' },
    } as const
    const { state } = await takeAlert(alert, 'x', stack.handed)
    const one = await stack.terminal.run('incidents', String(state?.number))
    const list = await stack.terminal.run('incidents')
    expect(one.out).toContain('a [2Jb')
    expect(one.out + list.out).not.toContain('\u001b')
  })
})
