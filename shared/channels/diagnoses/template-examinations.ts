import type { SmsTemplate } from '../../messages/sms.ts'
import type { Examination, Found } from './finding.ts'

/** What a vendor approves for texts: of notices, and of answers. */
export type TextTemplate = SmsTemplate | 'answer'

/** A question about each template that the route `to` names. */
export function ofEachTemplate(
  to: string,
  templates: Partial<Record<TextTemplate, string | undefined>>,
  ask: (name: TextTemplate, signal: AbortSignal) => Promise<Found>,
): Examination[] {
  return (Object.keys(templates) as TextTemplate[]).map((name) => ({
    subject: { en: `${to} template ${name}`, zh: `${to} 模板 ${name}` },
    ask: (signal) => ask(name, signal),
  }))
}
