import { expect, it } from 'vitest'
import type { LayerEnd } from '../../shared/incidents/layer-end.ts'
import { factIn } from '../../shared/messages/facts.ts'
import type { PlanNote } from '../../shared/oncall/notes.ts'

type Reason = LayerEnd | PlanNote

// One of every code: the compiler finds the one that is missing here.
const args: { [Code in Reason['code']]: Extract<Reason, { code: Code }>['args'] } = {
  unacknowledged: {},
  'ack-timeout': {},
  'all-channels-failed': {},
  unrung: {},
  'passed-on': { name: '林悦' },
  'nobody-on-call': { schedule: '支付值班' },
  'nobody-next': { schedule: '支付值班' },
  'not-missing': { contact: '张三' },
  'no-such-contact': { contact: '张三' },
  'quiet-hours': { contact: '张三', window: '22:00-08:00' },
  'not-handed': { policy: '支付值班' },
  'without-phone': { contact: '张三' },
  'without-address': { contact: '张三' },
  'not-for-severity': { severity: 'error' },
  'not-reached-by': { contact: '张三', channels: ['phone', 'sms', 'email'] },
}

it.each(Object.entries(args))('%s is told in each language, in its own words', (code, given) => {
  const reason = { code, args: given } as Reason
  const [zh, en] = [factIn('zh', reason), factIn('en', reason)]
  for (const name of Object.values(given).flat())
    if (/\p{Script=Han}/u.test(name)) expect([zh, en].join()).toContain(name)
  expect(zh).toMatch(/^\P{Script=Latin}+$/u)
  expect(en).toMatch(/[a-z]{3}/)
  expect(en.replaceAll(/林悦|支付值班|张三/g, '')).toMatch(/^\P{Script=Han}+$/u)
})
