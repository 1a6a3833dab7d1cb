import { vi } from 'vitest'
import type { Call, ChannelIo } from '../../shared/channels/channel.ts'
import type { ConnectSettings } from '../../shared/channels/connect/settings.ts'
import { CALLER, INSTANCE, type TestInstance } from '../simulators/connect/instance.ts'

export const CALL: Call = {
  phone: '+14155550101',
  token: 'line:lin:7',
  language: 'zh',
  phoneHash: 'lin',
  seq: 7,
  name: 'a1b2c3d4e5f6a7b',
  slots: {
    number: '1024',
    project: '支付',
    title: '收银台',
    state: '不可用',
    scope: '广州',
    lasted: '1分钟',
    count: '1',
  },
  message: '值班告警1024号：支付项目的收银台不可用。',
}
export const SETTINGS: ConnectSettings = { instance: INSTANCE, caller: CALLER }

/** What the route may use of the world, beside the addresses of an instance. */
export function ioOf(
  instance: TestInstance,
  env: ChannelIo['env'] = {},
  signal = new AbortController().signal,
): ChannelIo {
  return { now: instance.clock.now, fetch, env: { ...instance.env, ...env }, signal }
}

/** The pauses of 250 ms between two tries pass at once; every other timer is left alone. */
export function withoutPauses() {
  const real = globalThis.setTimeout
  const quick = (task: () => void, ms?: number) => real(task, ms === 250 ? 0 : ms)
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(quick as typeof real)
}
