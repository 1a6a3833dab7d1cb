import type { NotInUse } from '../../checks/account/application-state.ts'
import { meaningOf } from '../../contracts/vendor-errors.ts'
import { asWritten } from '../../contracts/words.ts'
import type { ChannelIo, Delivery } from '../channel.ts'
import { found } from './application-findings.ts'
import { askRobot, type RobotQuestion } from './diagnose-robot.ts'
import type { DiagnoseIo, Diagnosis } from './diagnosis.ts'

/** How a chat's application is asked: for a token first, and with that for itself, as the check `account` asks it. */
interface ApplicationQuestion<Settings> extends Pick<RobotQuestion<Settings>, 'errors' | 'limits' | 'answerOf'> {
  newToken(settings: Settings, io: DiagnoseIo & Pick<ChannelIo, 'signal'>): Promise<string | Delivery>
  itself(settings: Settings, token: string, io: DiagnoseIo): ReturnType<RobotQuestion<Settings>['nonsense']>
  /** Why it reaches nobody, by what it says of itself. */
  stateOf(answer: unknown): NotInUse | undefined
}

/** Whether an application's secret gets a token, it is in use, and somebody sees it. */
export function diagnosisOfApplication<Settings>(question: ApplicationQuestion<Settings>): Diagnosis<Settings> {
  const { errors, newToken, itself, stateOf, ...rest } = question
  return {
    diagnose: ({ name, settings }, io) => [
      {
        subject: asWritten(name),
        async ask(signal) {
          const app = await settings()
          const token = await newToken(app, { ...io, signal })
          if (typeof token === 'string') {
            const told = { errors, ...rest, isTold: true, nonsense: () => itself(app, token, io) } as const
            const mute = (answer: unknown) => {
              const state = stateOf(answer)
              return state && found(state)
            }
            return askRobot(app, { ...told, mute }, io, signal)
          }
          if (token.status === 'sent') return found('no-token')
          const { failure } = token
          return found('refused', failure, meaningOf(errors, failure.code ?? '', failure.said)?.remedy)
        },
      },
    ],
  }
}
