import { meaningOf } from '../contracts/vendor-errors.ts'
import { asWritten } from '../contracts/words.ts'
import { found } from './application-findings.ts'
import type { ChannelIo, Delivery } from './channel.ts'
import { askRobot, type RobotQuestion } from './diagnose-robot.ts'
import type { DiagnoseIo, Diagnosis } from './diagnosis.ts'

/** How a chat's application is asked: for a token first, and with that by a message that it takes from nobody. */
interface ApplicationQuestion<Settings> extends Omit<RobotQuestion<Settings>, 'nonsense'> {
  newToken(settings: Settings, io: DiagnoseIo & Pick<ChannelIo, 'signal'>): Promise<string | Delivery>
  nonsense(settings: Settings, token: string, io: DiagnoseIo): ReturnType<RobotQuestion<Settings>['nonsense']>
}

/** Whether an application's secret gets a token, and what the vendor says to a message of no known type. */
export function diagnosisOfApplication<Settings>(question: ApplicationQuestion<Settings>): Diagnosis<Settings> {
  const { errors, newToken, nonsense, ...rest } = question
  return {
    diagnose: ({ name, settings }, io) => [
      {
        subject: asWritten(name),
        async ask(signal) {
          const app = await settings()
          const token = await newToken(app, { ...io, signal })
          if (typeof token === 'string')
            return askRobot(app, { ...rest, errors, nonsense: () => nonsense(app, token, io) }, io, signal)
          if (token.status === 'sent') return found('no-token')
          const { failure } = token
          return found('refused', failure, meaningOf(errors, failure.code ?? '', failure.said)?.remedy)
        },
      },
    ],
  }
}
