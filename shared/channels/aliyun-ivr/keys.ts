import type { PhoneKeys } from '../../contracts/phone-keys.ts'
import { passKey, snoozeKey, takeKey } from '../voice/decision-keys.ts'

/** The keys that an IVR call takes: one may be pressed, and its words end the call. The opening text repeats by itself. */
export const ivrKeys: PhoneKeys = [
  { ...takeKey, offered: ['one', 'count'] },
  { ...snoozeKey, offered: [] },
  { ...passKey, offered: ['one', 'count'] },
]
