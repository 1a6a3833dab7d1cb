import { textOf } from '../text.ts'

/** Where something is: `AWS 123456789012 ap-southeast-1`. */
export function placeOf({ account, region }: { account?: unknown; region?: unknown }): string {
  return ['AWS', account, region].map(textOf).filter(Boolean).join(' ')
}
