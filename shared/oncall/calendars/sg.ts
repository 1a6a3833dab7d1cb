import type { YearOfHolidays } from './calendar.ts'

const day = (date: string): [string, string] => [date, date]

/** Singapore. The Monday after a holiday on a Sunday is off (Holidays Act 1998, s. 4(2)). */
export const sg: YearOfHolidays[] = [
  {
    year: 2026,
    source: 'Ministry of Manpower, public holidays for 2026 (mom.gov.sg/employment-practices/public-holidays)',
    holidays: [
      { name: "New Year's Day", off: day('2026-01-01') },
      { name: 'Chinese New Year', off: ['2026-02-17', '2026-02-18'] },
      { name: 'Hari Raya Puasa', off: day('2026-03-21') },
      { name: 'Good Friday', off: day('2026-04-03') },
      { name: 'Labour Day', off: day('2026-05-01') },
      { name: 'Hari Raya Haji', off: day('2026-05-27') },
      { name: 'Vesak Day', off: ['2026-05-31', '2026-06-01'] },
      { name: 'National Day', off: ['2026-08-09', '2026-08-10'] },
      { name: 'Deepavali', off: ['2026-11-08', '2026-11-09'] },
      { name: 'Christmas Day', off: day('2026-12-25') },
    ],
  },
]
