import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { alertsOf } from '../../shared/engine/ingest/make-alerts.ts'
import { zabbix } from '../../shared/ingest/zabbix/format.ts'
import { mediaType, parametersOf } from './zabbix-media-type.ts'

const project = { name: 'pay', title: '支付', severity: 'critical' as const, language: 'zh' as const }
const context = { project, receivedAt: 1_790_000_000_000, token: () => 't', options: undefined, earlier: {} }
const problem = { '{EVENT.ID}': '4711', '{EVENT.VALUE}': '1', '{EVENT.NAME}': 'disk is full', '{EVENT.NSEVERITY}': '4' }
const taken = (macros: Record<string, string>) =>
  alertsOf(zabbix, zabbix.schema.parse(parametersOf({ ...problem, ...macros })), context).alerts

describe('the media type for Zabbix', () => {
  it('sends all that a sample of ours has', () => {
    const sample = JSON.parse(readFileSync(new URL('../samples/inbound/zabbix-problem.json', import.meta.url), 'utf8'))
    const names = mediaType.parameters.map(({ name }) => name)
    // Zabbix gives a severity by number and by name; one of them is enough.
    expect(Object.keys(sample).filter((name) => !names.includes(name))).toEqual(['_note', 'event_severity'])
  })

  it.each<[string, Record<string, string>, object]>([
    ['a problem', {}, { action: 'trigger', summary: 'disk is full', severity: 'error' }],
    ['a recovery', { '{EVENT.VALUE}': '0' }, { action: 'resolve' }],
    [
      'an acknowledgement',
      { '{EVENT.UPDATE.STATUS}': '1', '{EVENT.ACK.STATUS}': 'Yes' },
      { action: 'acknowledge', dedupKey: 'zabbix/4711' },
    ],
  ])('tells of %s, and of what it could not resolve nothing', (_, macros, expected) => {
    const [alert] = taken(macros)
    expect(alert).toMatchObject({ dedupKey: 'zabbix/4711', ...expected })
    expect(JSON.stringify(alert)).not.toMatch(/[{]?[A-Z$]+[.][A-Z]+[}]/)
  })

  it('has a message for each operation of problems and of services: without one Zabbix sends nothing', () => {
    const templates = mediaType.message_templates.map((one) => `${one.event_source} ${one.operation_mode}`)
    const operations = ['PROBLEM', 'RECOVERY', 'UPDATE']
    expect(templates).toEqual(['TRIGGERS', 'SERVICE'].flatMap((source) => operations.map((one) => `${source} ${one}`)))
  })
})
