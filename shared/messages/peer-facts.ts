import type { Wording } from '../contracts/fact.ts'
import type { OwnFact } from '../evaluation/own-fact.ts'
import { vantageName } from './places.ts'

const zh = (region: string): string => vantageName(`aws/${region}`, 'zh')
const en = (region: string): string => vantageName(`aws/${region}`, 'en')

type PeerCode =
  | 'region-late'
  | 'region-never-worked'
  | 'region-unread'
  | 'region-unanswering'
  | 'region-other-secret'
  | 'region-clock'
  | 'region-clock-apart'
  | 'region-well'
  | 'region-other-version'
  | 'region-same-version'
  | 'region-gone'

/** What one region says of how another one is. */
export const peerWording: Wording<Extract<OwnFact, { code: PeerCode }>> = {
  'region-late': {
    zh: ({ region, minutes }) => `${zh(region)} 没有在处理收到的消息，已 ${minutes} 分钟：它无法呼叫，也无法看守`,
    en: ({ region, minutes }) =>
      `${en(region)} has not worked on what it takes for ${minutes} min: it neither pages nor guards`,
  },
  'region-never-worked': {
    zh: ({ region }) =>
      `${zh(region)} 从未处理过收到的消息，它无法呼叫，也无法看守：用 bin/fenghuo.js doctor 查明原因，再重新部署那个地域`,
    en: ({ region }) =>
      `${en(region)} has never worked on what it takes, and neither pages nor guards: see with bin/fenghuo.js doctor what is wrong there, and deploy that region again`,
  },
  'region-unread': {
    zh: ({ region, said }) => `读不到 ${zh(region)} 的表：${said}`,
    en: ({ region, said }) => `The tables of ${en(region)} cannot be read: ${said}`,
  },
  'region-unanswering': {
    zh: ({ region, said }) => `${zh(region)} 不回答询问，看守到时只能当它已失联，两个地域会同时呼叫：${said}`,
    en: ({ region, said }) =>
      `${en(region)} answers no questions: a guard that runs out takes it for lost, and both page: ${said}`,
  },
  'region-other-secret': {
    zh: ({ region }) => `${zh(region)} 的密钥与这里不同，互相不接受告知：按指南复制密钥，重新部署那个地域`,
    en: ({ region }) =>
      `${en(region)} has another secret, and neither takes the other's words: replicate the secret as the guide says, and deploy that region again`,
  },
  'region-clock': {
    zh: ({ region, seconds }) => `${zh(region)} 函数的时钟比队列${seconds > 0 ? '快' : '慢'} ${Math.abs(seconds)} 秒`,
    en: ({ region, seconds }) =>
      `The clock of functions in ${en(region)} is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} its queues'`,
  },
  'region-clock-apart': {
    zh: ({ region, seconds }) => `${zh(region)} 的时钟比这里${seconds > 0 ? '快' : '慢'} ${Math.abs(seconds)} 秒`,
    en: ({ region, seconds }) =>
      `The clock of ${en(region)} is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} the one here`,
  },
  'region-well': { zh: ({ region }) => `${zh(region)} 正常`, en: ({ region }) => `${en(region)} is well` },
  'region-other-version': {
    zh: ({ region, version }) =>
      `${zh(region)} 运行的版本与这里不同${version === undefined ? '' : `（${version}）`}：能照常工作；把各地域部署成同一版本`,
    en: ({ region, version }) =>
      `${en(region)} runs another version than here${version === undefined ? '' : ` (${version})`}: it works; deploy the same one to all regions`,
  },
  'region-same-version': {
    zh: ({ region }) => `${zh(region)} 运行的版本与这里相同`,
    en: ({ region }) => `${en(region)} runs the version that is here`,
  },
  'region-gone': {
    zh: ({ region }) => `${zh(region)} 不再是这个部署的地域`,
    en: ({ region }) => `${en(region)} is no region of this deployment any more`,
  },
}
