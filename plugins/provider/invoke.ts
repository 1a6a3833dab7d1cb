import { parse } from 'yaml'
import { asWritten } from '../../shared/contracts/words.ts'
import { chosenFunction, type Session } from './session.ts'
import { say } from './words.ts'

/** `invoke`: calls the live version with `--data` or the file of `--path`, `{}` without either, and shows what it returned. */
export async function invokeFunction(session: Session): Promise<void> {
  const { backend, options, writers, fault } = session
  const { unit, key, definition } = chosenFunction(session)
  const payload = await payloadOf(session)
  const { result, failed, log, requestId } = await backend.invoke(unit, definition.name, payload, {
    log: options.log === true,
  })
  writers.writeText(asWritten(result))
  if (log !== undefined)
    writers.writeText(asWritten(`--------------------------------------------------------------------\n${log}`))
  if (failed) throw fault(say.failed(key, requestId))
}

async function payloadOf({ options, fault, readText }: Session): Promise<string> {
  if (options.data !== undefined) return checked(options.data, '--data')
  const { path } = options
  if (path === undefined) return '{}'
  const text = await readText(path)
  if (text === undefined) throw fault(say.notThere(path))
  return /\.ya?ml$/.test(path) && !options.raw ? ofYaml(text, path) : checked(text, path)

  function ofYaml(yaml: string, where: string): string {
    try {
      return JSON.stringify(parse(yaml))
    } catch (error) {
      throw fault(say.noYaml(where, error instanceof Error ? error.message : String(error)))
    }
  }

  function checked(text: string, where: string): string {
    if (options.raw) return JSON.stringify(text)
    try {
      JSON.parse(text)
      return text
    } catch {
      throw fault(say.noJson(where))
    }
  }
}
