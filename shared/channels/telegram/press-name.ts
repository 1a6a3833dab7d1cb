import { fingerprint } from '../robot.ts'

/** Under which name the token of an acknowledge link is kept for a button, whose data has room for 64 bytes (InlineKeyboardButton, callback_data). */
export function pressName(key: string): string {
  return `press#${key}`
}

/** What stands for a token in a button's data: 16 hex digits. */
export function pressKey(token: string): string {
  return fingerprint(token)
}
