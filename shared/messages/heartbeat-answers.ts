import type { HeartbeatResult } from '../contracts/heartbeat.ts'
import type { Bilingual } from '../contracts/words.ts'

/** What a job reads, most often in the mail of its cron, of what became of its request about a check. */
export const heartbeatAnswers: Record<HeartbeatResult | 'no-job-here', (check: string) => Bilingual> = {
  taken: () => ({ zh: '已收到', en: 'taken' }),
  'wrong-key': () => ({
    zh: '这不是这项检查的 key：用 bin/fenghuo.js heartbeat 打印',
    en: 'this is not the key of this check: bin/fenghuo.js heartbeat prints it',
  }),
  'not-awaited': (check) => ({ zh: `${check} 不（再）等待任务`, en: `${check} waits for no job (any more)` }),
  'wrong-status': () => ({
    zh: 'status 应为 0 到 255 的退出码，或 ok、fail、start',
    en: 'status should be an exit code from 0 to 255, ok, fail or start',
  }),
  unavailable: () => ({ zh: '没有收下，请重试', en: 'not taken, try again' }),
  'no-job-here': () => ({
    zh: '这里什么也没有：任务上报到 /heartbeat/<项目>/<检查>?key=…',
    en: 'there is nothing here: jobs report to /heartbeat/<project>/<check>?key=…',
  }),
}
