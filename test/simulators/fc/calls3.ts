import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { type Client3, packed, says, sdk, startTestFc, type TestFc } from './client.ts'
import type { FcOptions } from './simulator.ts'

export type Fields = Record<string, unknown>

/** Of the SDKs' calls: as they are by default. */
export const NO_OPTIONS = {} as Parameters<Client3['invokeFunctionWithOptions']>[3]

/** A simulator for the test that runs, with the calls of tests. */
export async function startFc3(options: Partial<FcOptions> = {}) {
  const fc = await startTestFc(options)
  return { ...fc, ...calls3(fc) }
}

/**
 * The calls that tests make of the API of 2023-03-30, by the vendor's SDK: of a function `probe` unless another is
 * named.
 */
export function calls3({ fc3 }: TestFc) {
  async function create(fields: Fields = {}) {
    const code = { zipFile: await packed(says('one')) }
    const input = { functionName: 'probe', runtime: 'nodejs20', handler: 'index.handler', code, ...fields }
    return fc3.createFunction(new sdk.CreateFunctionRequest({ body: new sdk.CreateFunctionInput(input) }))
  }

  const update = (fields: Fields) =>
    fc3.updateFunction('probe', new sdk.UpdateFunctionRequest({ body: new sdk.UpdateFunctionInput(fields) }))

  const createAlias = (fields: Fields) =>
    fc3.createAlias('probe', new sdk.CreateAliasRequest({ body: new sdk.CreateAliasInput(fields) }))

  const createTrigger = (fields: Fields) => {
    const input = { triggerName: 'every-minute', triggerType: 'timer', ...fields }
    return fc3.createTrigger('probe', new sdk.CreateTriggerRequest({ body: new sdk.CreateTriggerInput(input) }))
  }

  return {
    create,
    update,
    createAlias,
    createTrigger,
    createSource: async (source: string, fields: Fields = {}) =>
      create({ code: { zipFile: await packed({ 'index.js': source }) }, ...fields }),
    updateSource: async (source: string, fields: Fields = {}) =>
      update({ code: { zipFile: await packed({ 'index.js': source }) }, ...fields }),
    get: async (qualifier?: string) =>
      (await fc3.getFunction('probe', new sdk.GetFunctionRequest(qualifier === undefined ? {} : { qualifier }))).body,
    list: async (fields: Fields = {}) => (await fc3.listFunctions(new sdk.ListFunctionsRequest(fields))).body,
    publish: async (description = '') => {
      const body = new sdk.PublishVersionInput({ description })
      const answer = await fc3.publishFunctionVersion('probe', new sdk.PublishFunctionVersionRequest({ body }))
      return answer.body?.versionId ?? ''
    },
    alias: (aliasName: string, versionId: string, fields: Fields = {}) =>
      createAlias({ aliasName, versionId, ...fields }),
    moveAlias: (aliasName: string, fields: Fields) =>
      fc3.updateAlias('probe', aliasName, new sdk.UpdateAliasRequest({ body: new sdk.UpdateAliasInput(fields) })),
    timer: (triggerName: string, cronExpression: string, fields: Fields = {}, config: Fields = {}) =>
      createTrigger({ triggerName, triggerConfig: JSON.stringify({ cronExpression, ...config }), ...fields }),
    updateTrigger: (name: string, fields: Fields) =>
      fc3.updateTrigger('probe', name, new sdk.UpdateTriggerRequest({ body: new sdk.UpdateTriggerInput(fields) })),
    putAsync: (fields: Fields, qualifier = 'LATEST') => {
      const body = new sdk.PutAsyncInvokeConfigInput(fields)
      return fc3.putAsyncInvokeConfig('probe', new sdk.PutAsyncInvokeConfigRequest({ qualifier, body }))
    },
    reserve: (name: string, reservedConcurrency: number) => {
      const body = new sdk.PutConcurrencyInput({ reservedConcurrency })
      return fc3.putConcurrencyConfig(name, new sdk.PutConcurrencyConfigRequest({ body }))
    },
    /** Invokes, and gives the answer's text with what the headers tell. */
    invoke: async (event = '', qualifier?: string, how: Fields = {}) => {
      const body = Readable.from([Buffer.from(event)])
      const request = new sdk.InvokeFunctionRequest(qualifier === undefined ? { body } : { body, qualifier })
      const headers = new sdk.InvokeFunctionHeaders(how)
      const answer = await fc3.invokeFunctionWithOptions('probe', request, headers, NO_OPTIONS)
      const log = answer.headers?.['x-fc-log-result']
      return {
        status: answer.statusCode,
        text: (await buffer(answer.body ?? Readable.from([]))).toString(),
        error: answer.headers?.['x-fc-error-type'],
        log: log === undefined ? undefined : Buffer.from(log, 'base64').toString(),
      }
    },
  }
}

/** `none`, or the code of a refusal with what the vendor says. */
export function reasonOf(error: { code: string; message: string } | undefined): string {
  return error ? `${error.code} ${error.message}` : 'none'
}
