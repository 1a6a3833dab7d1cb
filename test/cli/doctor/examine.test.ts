import { describe, expect, it } from 'vitest'
import { examine } from '../../../cli/doctor/examine.ts'
import type { Area } from '../../../cli/doctor/finding.ts'
import { countOf, countsText, findingTable } from '../../../cli/doctor/tell.ts'
import {
  type Examination,
  FoundError,
  fault,
  findingsOf,
  ok,
  warning,
} from '../../../shared/channels/diagnoses/finding.ts'
import { asWritten } from '../../../shared/contracts/words.ts'
import { patientWith } from './patient.ts'

const area = (name: Area['name'], ...examinations: Examination[]): Area => ({ name, examinations: () => examinations })
const found = findingsOf('test', {
  fine: () => ok({ en: 'all is well', zh: '一切正常' }),
  gone: (remedy: string) => fault({ en: 'it is gone', zh: '它不见了' }, asWritten(remedy)),
  tells: (said: string, remedy: string) => warning(asWritten(said), asWritten(remedy)),
})
const fine: Examination = { subject: asWritten('fine'), ask: async () => found('fine') }

const examined = (areas: Area[], limit = () => new AbortController().signal) =>
  examine(areas, patientWith({ WECOM_KEY: 'very-secret-key' }), { limit })

describe('an examination', () => {
  it('comes in the order of the areas, whatever is done first', async () => {
    const slow: Examination = {
      subject: asWritten('slow'),
      ask: () => new Promise((done) => setTimeout(() => done([]), 5)),
    }
    const findings = await examined([area('mail', fine), area('credentials', slow, fine)])
    const well = {
      subject: asWritten('fine'),
      status: 'ok',
      code: 'test.fine',
      detail: { en: 'all is well', zh: '一切正常' },
    }
    expect(findings).toEqual([
      { area: 'credentials', ...well },
      { area: 'mail', ...well },
    ])
  })

  it('that hangs is given up, and harms no other', async () => {
    const patience = new AbortController()
    const hangs: Examination = { subject: asWritten('hangs'), ask: () => new Promise(() => {}) }
    const looked = examine([area('mail', hangs, fine)], patientWith(), {
      limit: () => patience.signal,
      onDone: (done, all) => {
        expect(all).toBe(2)
        if (done === 1) patience.abort()
      },
    })
    expect(await looked).toMatchObject([
      { subject: asWritten('hangs'), status: 'fault', detail: { en: 'no answer in time', zh: '超时没有应答' } },
      { subject: asWritten('fine'), status: 'ok' },
    ])
  })

  it.each<[reason: string, error: unknown, detail: string]>([
    ['what it knows to be wrong', new FoundError(found('gone', 'bring it back')), 'it is gone'],
    [
      'no connection',
      new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }),
      'the network: not reached: ECONNREFUSED',
    ],
    ['no credentials', Object.assign(new Error('x'), { name: 'CredentialsProviderError' }), 'no AWS credentials'],
    ['no queue', Object.assign(new Error('x'), { name: 'QueueDoesNotExist' }), 'nothing of ours is there'],
    ['a mistake of ours', new TypeError('x is undefined'), 'please report it'],
    ['no error at all', 'oops', 'oops'],
  ])('that throws is a fault of its own line: %s', async (_reason, error, detail) => {
    const throws: Examination = {
      subject: asWritten('throws'),
      ask() {
        throw error
      },
    }
    const [first, ...others] = await examined([area('mail', throws, fine)])
    expect(first).toMatchObject({ subject: asWritten('throws'), status: 'fault' })
    expect(first?.detail.en).toContain(detail)
    expect(JSON.stringify(first?.detail)).not.toContain('\\n')
    expect(first?.remedy?.zh).toMatch(/\p{Script=Han}|bring it back/u)
    expect(others).toMatchObject([{ status: 'ok' }])
  })

  it('of many that one cause spoils is one fault, which says so', async () => {
    const refused = (subject: string): Examination => ({
      subject: asWritten(subject),
      ask: async () => {
        throw Object.assign(new Error('x'), { name: 'CredentialsProviderError' })
      },
    })
    const many = [area('credentials', refused('AWS')), area('functions', refused('probe'), refused('page'), fine)]
    const findings = await examined([...many, area('queues', refused('events'))])
    expect(findings).toMatchObject([
      {
        subject: asWritten('AWS'),
        status: 'fault',
        detail: {
          en: expect.stringMatching(/^no AWS credentials.*; so it is for 3 other lines \(functions, queues\)$/),
          zh: expect.stringMatching(/^没有 AWS 凭证.*；另有 3 行也是如此（函数、队列）$/),
        },
      },
      { subject: asWritten('fine'), status: 'ok' },
    ])
  })

  it('names a few areas of many that one cause spoils', async () => {
    const refused: Examination = {
      subject: asWritten('AWS'),
      ask: async () => {
        throw Object.assign(new Error('x'), { name: 'CredentialsProviderError' })
      },
    }
    const names = ['credentials', 'functions', 'queues', 'probes', 'people', 'phone'] as const
    const findings = await examined(names.map((name) => area(name, refused)))
    expect(findings).toMatchObject([
      {
        detail: {
          en: expect.stringMatching(/so it is for 5 other lines \(functions, queues, probes and 2 more areas\)$/),
          zh: expect.stringMatching(/另有 5 行也是如此（函数、队列、探针等 5 类）$/),
        },
      },
    ])
  })

  it('shows no secret and no whole number, whatever a vendor says', async () => {
    const tells: Examination = {
      subject: asWritten('to +8613800000001'),
      ask: async () => found('tells', 'key very-secret-key of +6591234567', 'unset very-secret-key'),
    }
    expect(await examined([area('robots', tells)])).toMatchObject([
      { subject: asWritten('to ****0001'), detail: asWritten('key **** of ****4567'), remedy: asWritten('unset ****') },
    ])
  })
})

describe('the table', () => {
  it('has a line for each finding, and the remedy below it', async () => {
    const broken: Examination = {
      subject: asWritten('events'),
      ask: async () => found('gone', `${'deploy '.repeat(20)}again`),
    }
    const findings = await examined([area('queues', broken, fine)])
    expect(findingTable(findings, 'en', 80)).toBe(
      [
        'STATUS  AREA    WHAT    FOUND',
        'FAULT   queues  events  it is gone',
        `         →${' deploy'.repeat(10)}`,
        `          ${' deploy'.repeat(10)}`,
        '           again',
        'ok      queues  fine    all is well',
      ].join('\n'),
    )
    expect(countsText(countOf(findings), 'en')).toBe('1 ok, 0 warnings, 1 fault')
  })
})
