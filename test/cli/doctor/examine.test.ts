import { describe, expect, it } from 'vitest'
import { examine } from '../../../cli/doctor/examine.ts'
import type { Area } from '../../../cli/doctor/finding.ts'
import { countOf, countsText, findingTable } from '../../../cli/doctor/tell.ts'
import { type Examination, FoundError, fault, ok, warning } from '../../../shared/channels/finding.ts'
import { patientWith } from './patient.ts'

const area = (name: Area['name'], ...examinations: Examination[]): Area => ({ name, examinations: () => examinations })
const fine: Examination = { subject: 'fine', look: async () => ok('all is well') }

const findingsOf = (areas: Area[], limit = () => new AbortController().signal) =>
  examine(areas, patientWith({ WECOM_KEY: 'very-secret-key' }), { limit })

describe('an examination', () => {
  it('comes in the order of the areas, whatever is done first', async () => {
    const slow: Examination = { subject: 'slow', look: () => new Promise((done) => setTimeout(() => done([]), 5)) }
    const findings = await findingsOf([area('mail', fine), area('credentials', slow, fine)])
    expect(findings).toEqual([
      { area: 'credentials', subject: 'fine', status: 'ok', detail: 'all is well' },
      { area: 'mail', subject: 'fine', status: 'ok', detail: 'all is well' },
    ])
  })

  it('that hangs is given up, and harms no other', async () => {
    const patience = new AbortController()
    const hangs: Examination = { subject: 'hangs', look: () => new Promise(() => {}) }
    const looked = examine([area('mail', hangs, fine)], patientWith(), {
      limit: () => patience.signal,
      onDone: (done, all) => {
        expect(all).toBe(2)
        if (done === 1) patience.abort()
      },
    })
    expect(await looked).toMatchObject([
      { subject: 'hangs', status: 'fault', detail: 'no answer in time' },
      { subject: 'fine', status: 'ok' },
    ])
  })

  it.each<[reason: string, error: unknown, detail: string]>([
    ['what it knows to be wrong', new FoundError(fault('it is gone', 'bring it back')), 'it is gone'],
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
      subject: 'throws',
      look() {
        throw error
      },
    }
    const [first, ...others] = await findingsOf([area('mail', throws, fine)])
    expect(first).toMatchObject({ subject: 'throws', status: 'fault', detail: expect.stringContaining(detail) })
    expect(first?.detail).not.toContain('\n')
    expect(first?.remedy).toBeTruthy()
    expect(others).toMatchObject([{ status: 'ok' }])
  })

  it('of many that one cause spoils is one fault, which says so', async () => {
    const refused = (subject: string): Examination => ({
      subject,
      look: async () => {
        throw Object.assign(new Error('x'), { name: 'CredentialsProviderError' })
      },
    })
    const many = [area('credentials', refused('AWS')), area('functions', refused('probe'), refused('page'), fine)]
    const findings = await findingsOf([...many, area('queues', refused('events'))])
    expect(findings).toMatchObject([
      {
        subject: 'AWS',
        status: 'fault',
        detail: expect.stringMatching(/^no AWS credentials.*; so it is for 3 other lines \(functions, queues\)$/),
      },
      { subject: 'fine', status: 'ok' },
    ])
  })

  it('shows no secret and no whole number, whatever a vendor says', async () => {
    const tells: Examination = {
      subject: 'to +8613800000001',
      look: async () => warning('key very-secret-key of +6591234567', 'unset very-secret-key'),
    }
    expect(await findingsOf([area('robots', tells)])).toMatchObject([
      { subject: 'to ****0001', detail: 'key **** of ****4567', remedy: 'unset ****' },
    ])
  })
})

describe('the table', () => {
  it('has a line for each finding, and the remedy below it', async () => {
    const broken: Examination = {
      subject: 'events',
      look: async () => fault('it is gone', `${'deploy '.repeat(20)}again`),
    }
    const findings = await findingsOf([area('queues', broken, fine)])
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
