import type { LastResortSender } from '../last-resorts/last-resort.ts'
import { sendToAll } from './post-text.ts'

/** Posts to the robot with the key `to`. */
export const send: LastResortSender<unknown>['send'] = ({ composition }, to, _settings, io) =>
  sendToAll(composition, to, io)
