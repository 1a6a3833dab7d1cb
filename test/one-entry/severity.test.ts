import { expect, it, vi } from 'vitest'
import { connectKeys } from '../../shared/channels/connect/keys.ts'
import { fenghuoSchema } from '../../shared/config/json-schema.ts'
import { loadConfig } from '../../shared/config/load.ts'
import { policy } from '../../shared/config/policy-schema.ts'
import { alert } from '../../shared/contracts/alert.ts'
import type { SeverityRow } from '../../shared/contracts/severity-table.ts'
import { bySeverity, type Severity, severities } from '../../shared/contracts/words.ts'
import { severityOf } from '../../shared/ingest/severity-words.ts'
import { compose } from '../../shared/messages/compose.ts'
import { smsText } from '../../shared/messages/sms.ts'
import { sayPage } from '../../shared/messages/voice.ts'
import { words } from '../../shared/messages/words.ts'
import { defaultPolicy } from '../../shared/oncall/policy.ts'
import { at, messageOf, opened } from '../messages/notices.ts'

// A further severity is this row, and nothing else.
vi.mock(import('../../shared/contracts/severity-table.ts'), async (original) => {
  const row: SeverityRow = {
    name: 'fatal',
    urgent: true,
    holdable: false,
    zh: '致命',
    en: 'Fatal',
    reach: ['phone', 'email'],
  }
  return { severityTable: [row, ...(await original()).severityTable] } as never
})

const fatal = 'fatal' as Severity
const worst = { ...opened, severity: fatal }

it('is taken of an alert, and sorts where its row stands', () => {
  const read = alert.parse({ action: 'trigger', dedupKey: 'k', project: 'pay', summary: 's', severity: 'fatal' })
  expect([read.severity, severityOf('FATAL')]).toEqual(['fatal', 'fatal'])
  expect(severities.toSorted().toSorted(bySeverity)).toEqual(['fatal', 'critical', 'error', 'warning', 'info'])
})

it('reaches people as its row says, unless a policy says otherwise', () => {
  expect(defaultPolicy(['lin']).channels[fatal]).toEqual(['phone', 'email'])
  const layers = [{ page: ['lin'] }]
  expect(policy.parse({ layers, channels: { fatal: ['chat'] } }).channels?.[fatal]).toEqual(['chat'])
  expect(policy.safeParse({ layers, channels: { terrible: ['chat'] } }).success).toBe(false)
  const holdsIt = (name: string) => policy.safeParse({ layers, hold: { [name]: '22:00-09:00' } }).success
  expect(['fatal', 'critical', 'warning'].map(holdsIt)).toEqual([false, false, true])
})

it('is compiled into the policies', () => {
  const yml = `channels: { wecom: { type: wecom-robot, key: key } }
policies: { default: { layers: [{ page: lin }], channels: { fatal: [chat] } } }
projects: { pay: { title: 支付, chat: [wecom], checks: {} } }`
  expect(loadConfig(yml, 'fenghuo.yml').config?.policies.default?.channels[fatal]).toEqual(['chat'])
})

it('stands in the published schema, for checks and for policies', () => {
  const schema = JSON.stringify(fenghuoSchema())
  expect(schema).toContain('"enum":["fatal","critical","error","warning","info"]')
  expect(schema).toContain('"properties":{"fatal":')
})

it('has its words in both languages', () => {
  expect([words.zh.severity[fatal], words.en.severity[fatal]]).toEqual(['致命', 'FATAL'])
  expect(compose(messageOf(worst, { language: 'zh' })).head[0]?.text).toContain('致命 不可用')
  expect(smsText(messageOf(worst, { language: 'en' }))).toContain('FATAL')
})

it('is spoken of first when several are', () => {
  const said = sayPage(
    [
      { ...opened, title: 'web' },
      { ...worst, title: 'db' },
    ],
    'en',
    at('02:14'),
    connectKeys,
  )
  expect(said).toContain('Worst: db')
})
