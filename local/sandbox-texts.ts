import type { CompiledRoute } from '../shared/contracts/compiled-config.ts'
import { type SmsTemplate, smsTemplates } from '../shared/messages/sms.ts'
import { type SmtpSimulator, startSmtpSimulator } from '../test/simulators/smtp.ts'
import { startTencentSmsSimulator, type TencentSmsSimulator } from '../test/simulators/tencent-sms.ts'
import type { SandboxIo } from './sandboxes.ts'

interface SmsSettings {
  app: string
  sign?: string
  templates: Record<SmsTemplate, string>
  language?: 'zh' | 'en'
  secretId: string
  secretKey: string
}

/** Text messages, with the configured templates approved and shown filled in. */
export function startSms(routes: CompiledRoute[], { journal, now }: SandboxIo): Promise<TencentSmsSimulator> {
  const settings = routes.map((route) => route.settings as SmsSettings)
  const texts = Object.fromEntries(settings.flatMap(templateTexts))
  return startTencentSmsSimulator({
    secretId: settings[0]?.secretId ?? '',
    secretKey: settings[0]?.secretKey ?? '',
    app: settings[0]?.app ?? '',
    signs: settings.flatMap(({ sign }) => sign ?? []),
    templates: Object.fromEntries(Object.entries(texts).map(([id, text]) => [id, slots(text)])),
    now,
    onEvent(event) {
      const { at } = event
      if (event.type === 'refused') {
        const to = event.phone === undefined ? {} : { to: event.phone }
        const refused = `${event.code} ${event.message}`
        return journal.sent({ at, channel: 'sms', ...to, text: '', format: 'text', refused })
      }
      const { phone, sign, template, variables } = event.message
      const text = (texts[template] ?? '').replace(/\{(\d)\}/g, (_, index) => variables[Number(index) - 1] ?? '')
      journal.sent({ at, channel: 'sms', to: phone, text: sign ? `【${sign}】${text}` : text, format: 'text' })
    },
  })
}

/** Template id → text. */
function templateTexts({ templates, language = 'zh' }: SmsSettings): [string, string][] {
  return Object.entries(templates).map(([name, id]) => [id, smsTemplates[language][name as SmsTemplate]])
}

function slots(text: string): number {
  return text.match(/\{\d\}/g)?.length ?? 0
}

/** A mail server, and the settings with which a mail channel reaches it. */
export async function startMail({ journal, now }: SandboxIo): Promise<{ server: SmtpSimulator; settings: object }> {
  const user = 'sandbox'
  const password = 'sandbox-password'
  const server = await startSmtpSimulator({
    users: { [user]: password },
    now,
    onEvent(event) {
      if (event.type !== 'message') return
      const { at, envelope, subject, text } = event.message
      journal.sent({ at, channel: 'email', to: envelope.to.join(', '), text: `${subject}\n\n${text}`, format: 'text' })
    },
  })
  return { server, settings: { host: '127.0.0.1', port: server.port, user, password, secure: false, ca: server.ca } }
}
