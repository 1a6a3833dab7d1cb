import { askRobot, diagnosisOf, type RobotQuestion } from '../diagnoses/diagnose-robot.ts'
import type { LastResortDiagnosis } from '../last-resorts/last-resort.ts'
import { errcodeOf } from '../robot.ts'
import { errors, limits, wecomUrl } from './post-text.ts'

const question: RobotQuestion<{ key: string }> = {
  errors,
  limits,
  nonsense: ({ key }, io) => ({ url: wecomUrl(key, io), body: { msgtype: 'fenghuo_doctor' } }),
  answerOf: errcodeOf,
}

export const { diagnose } = diagnosisOf(question)

/** The robot of a last resort. */
export const lastResort: LastResortDiagnosis<unknown>['lastResort'] = ({ to: [key = ''] }, io, signal) =>
  askRobot({ key }, question, io, signal)
