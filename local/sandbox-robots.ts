import { type DingtalkSimulator, startDingtalkSimulator } from '../test/simulators/dingtalk.ts'
import { startWecomSimulator, type WecomSimulator } from '../test/simulators/wecom-robot.ts'
import type { SandboxIo } from './sandboxes.ts'

type Settings = Record<string, string>

export function startWecom(robots: Settings[], { journal, now }: SandboxIo): Promise<WecomSimulator> {
  return startWecomSimulator({
    keys: robots.map(({ key = '' }) => key),
    now,
    onEvent(event) {
      const { at } = event
      if (event.type === 'refused') {
        return journal.sent({ at, channel: 'wecom-robot', text: '', format: 'text', refused: refusal(event) })
      }
      const { content, msgtype } = event.message
      journal.sent({ at, channel: 'wecom-robot', text: content, format: msgtype === 'text' ? 'text' : 'markdown' })
    },
  })
}

export function startDingtalk(robots: Settings[], { journal, now }: SandboxIo): Promise<DingtalkSimulator> {
  return startDingtalkSimulator({
    robots: robots.map(({ token = '', secret }) => ({ token, ...(secret && { secret }) })),
    now,
    onEvent(event) {
      const { at } = event
      if (event.type === 'refused') {
        return journal.sent({ at, channel: 'dingtalk', text: '', format: 'text', refused: refusal(event) })
      }
      const { text, msgtype } = event.message
      journal.sent({ at, channel: 'dingtalk', text, format: msgtype === 'text' ? 'text' : 'markdown' })
    },
  })
}

function refusal({ errcode, errmsg }: { errcode: number; errmsg: string }): string {
  return `${errcode} ${errmsg}`
}
