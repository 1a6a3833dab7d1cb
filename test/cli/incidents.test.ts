import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contactsOf, incidentsOf } from '../../cli/engine.ts'
import { takeAlert } from '../../shared/engine/alerts/take-alert.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import { readTimeline } from '../../shared/store/incidents.ts'
import { logNothing } from '../store/log-nothing.ts'
import { page } from './paging.ts'
import { people, startTestStack, type TestStack } from './stack.ts'
import { startOfTest } from './terminal.ts'

let stack: TestStack
beforeAll(async () => {
  stack = await startTestStack('local')
  await contactsOf(stack.target).write('pay', { contacts: people, schedules: {}, overrides: [] })
})
afterAll(() => stack.stop())
const paged = (facts?: Parameters<typeof page>[1]) => page(stack, facts)

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
      '02:13:00  第 1 轮第 1 层：联系 林悦（陈涛 没有电话）',
      '02:13:00  已告知 林悦 短信：呼叫通知',
      '02:13:00  已告知 wecom：告警',
      '02:13:00  林悦备注：looking',
      '02:13:00  林悦已认领（命令行）',
    ])
  })

  it('says of one whose severity has no channels that nobody is told', async () => {
    const { number } = await paged({ severity: 'info', silent: true })
    for (const args of [[], [String(number)]])
      expect((await stack.terminal.run('incidents', ...args)).out).toMatch(/open(:? +)told to nobody by its severity/)
    await stack.terminal.run('resolve', String(number), '--as', 'lin')
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

  it('says since when and why a flapping one is held', async () => {
    const { number } = await paged({ flapping: { since: startOfTest - 60_000, changes: 6, withinMs: 1_800_000 } })
    const { out } = await stack.terminal.run('incidents', String(number))
    expect(out).toMatch(/^ {2}held +Held in its worse state since 02:12, because it changed 6 times within 30 min;/m)
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
