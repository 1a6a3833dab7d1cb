import { expect, it } from 'vitest'
import { type PathDepths, pathTroubles } from '../../shared/evaluation/path-state.ts'
import { pathMail } from '../../shared/messages/path-mail.ts'
import { at } from './notices.ts'

const deployment = { name: 'fenghuo-prod', region: 'ap-southeast-1', timezone: 'Asia/Shanghai' }
const none = { waiting: 0, inFlight: 0 }
const depths: PathDepths = {
  ...{ events: none, overflow: none, escalation: { waiting: 12, inFlight: 1 } },
  ...{ 'events-dlq': none, 'escalation-dlq': none },
}

it('says in both languages what is wrong, where, since when, and what to do', () => {
  const effect = { type: 'tell', trouble: 'escalation-backlog', isOver: false, since: at('02:13'), depths } as const
  expect(pathMail(effect, deployment)).toEqual({
    subject: 'ALARM: "fenghuo-prod-escalation-backlog" in ap-southeast-1',
    message: `ALARM: fenghuo-prod-escalation-backlog (ap-southeast-1)
Steps that are due stay on the escalation queue: page does not keep up or does not run. People are called late, or not at all.
Since 2026-11-22 02:13 (UTC+8)
Waiting + in flight: events 0 + 0, overflow 0 + 0, escalation 12 + 1, events-dlq 0 + 0, escalation-dlq 0 + 0
What to do: the runbook (docs/runbook.md), “When an alarm of Fenghuo's own comes by mail”

开始: fenghuo-prod-escalation-backlog (ap-southeast-1)
到期的步骤滞留在升级队列：page 处理不过来或没有运行。电话会迟到，或者没有人接到电话。
自 2026-11-22 02:13 (UTC+8)
等待处理 + 正在处理: events 0 + 0, overflow 0 + 0, escalation 12 + 1, events-dlq 0 + 0, escalation-dlq 0 + 0
处置：手册（docs/runbook.zh-CN.md）“烽火自己的警报发来邮件”
`,
  })
})

it.each(pathTroubles)('%s has a subject that every reader of mail takes, begun or over', (trouble) => {
  for (const isOver of [false, true]) {
    const { subject, message } = pathMail({ type: 'tell', trouble, isOver, since: at('02:13'), depths }, deployment)
    expect(subject).toMatch(/^(ALARM|OK)[ -~]{1,90}$/)
    expect(message).toContain(trouble)
  }
})
