import { speakingTime, startConnectSimulator } from './connect/connect.ts'
import type { Simulator } from './sandbox.ts'

/** Amazon Connect: phones that ring until somebody plays them. It runs the deployed contact flow, with our function behind it. */
export const simulator: Simulator = {
  type: 'connect',
  start({ settings, now, phones }) {
    const { region, accountId, flow, speaking, ...others } = phones
    const instanceId = instanceIdOf(String(settings[0]?.instance))
    return startConnectSimulator({
      instanceId,
      instanceArn: `arn:aws:connect:${region}:${accountId}:instance/${instanceId}`,
      flows: flow === undefined ? {} : { [flow.id]: flow.content },
      sourceNumbers: settings.map(({ caller }) => String(caller)),
      ...others,
      now,
      ...(speaking && { speakingMs: speakingTime }),
    })
  },
}

/** The id in an ARN, or the id as it is. */
function instanceIdOf(instance: string): string {
  return instance.split('/').at(-1) ?? instance
}
