import { type Credentials, credentialsOf } from '../../clouds/aws/sigv4.ts'
import type { CheckIo } from '../kind.ts'
import { fromEnvironment } from './environment.ts'

/** What Lambda gives a function to sign with. Throws an `unknown` fault that names what of it, or of `others`, is not set. */
export function awsCredentialsIn(env: CheckIo['env'], ...others: string[]): Credentials {
  const names = [...others, 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']
  fromEnvironment(
    names.map((name) => `\${${name}}`),
    env,
  )
  return credentialsOf(env)
}
