import { parse } from 'yaml'
import { chosenFunction, type Session } from './session.ts'
import { providerWords } from './words.ts'

/** `invoke`: calls the live version with `--data` or the file of `--path`, `{}` without either, and shows what it returned. */
export async function invokeFunction(session: Session): Promise<void> {
  const { backend, options, writers, fault, language } = session
  const { unit, key, definition } = chosenFunction(session)
  const payload = await payloadOf(session)
  const { result, failed, log, requestId } = await backend.invoke(unit, definition.name, payload, {
    log: options.log === true,
  })
  writers.writeText(result)
  if (log !== undefined)
    writers.writeText(`--------------------------------------------------------------------\n${log}`)
  if (failed) throw fault(providerWords[language].failed(key, requestId))
}

async function payloadOf({ options, fault, language, readText }: Session): Promise<string> {
  const say = providerWords[language]
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
