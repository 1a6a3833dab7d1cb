import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import { type ContactsTable, contactsTable } from './contacts-table.ts'
import { dynamoDbIn } from './dynamodb-in.ts'
import { required } from './env.ts'
import type { Env } from './lambda.ts'

/** The people of every region of the deployment, in its order: what is changed in one is changed in all. Throws without a table. */
export function peopleOfRegions(
  env: Env,
  { regions }: Pick<CompiledConfig, 'regions'>,
): { region: string; contacts: ContactsTable }[] {
  const table = required(env, 'CONTACTS_TABLE')
  return (regions?.order ?? [required(env, 'AWS_REGION')]).map((region) => ({
    region,
    contacts: contactsTable(dynamoDbIn(region, env), table),
  }))
}
