import { isSameSecret } from '../contracts/same-secret.ts'
import { subjectToken } from '../contracts/subject-token.ts'

/** What the paths of calendars begin with, at the function `acknowledge`. */
const PREFIX = '/calendar/'

/** Whose calendar: that of a schedule, or of a contact's own shifts, as a project knows them. */
export interface Feed {
  project: string
  name: string
}

/** Where a calendar is read, below the address of `acknowledge`. It can't be guessed without the deployment's secret, and is good as long as that. */
export function feedPath({ project, name }: Feed, secret: string): string {
  const subject = `${project}/${name}`
  return `${PREFIX}${subject}/${subjectToken(`calendar:${subject}`, secret)}.ics`
}

/** Whether a path is one of calendars, be it anybody's. */
export function isFeedPath(path: string): boolean {
  return path.startsWith(PREFIX)
}

/** Whose calendar is read by a path; undefined: nobody's, or its token is another. */
export function feedAt(path: string, secret: string): Feed | undefined {
  const [, project, name] = /^\/calendar\/([^/]+)\/([^/]+)\/[^/]+$/.exec(path) ?? []
  if (project === undefined || name === undefined) return undefined
  const feed = { project, name }
  return isSameSecret(path, feedPath(feed, secret)) ? feed : undefined
}
