import type { Study } from '../src/experiments/study.ts';
import type { Chapter } from '../src/experiments/study-page.ts';
import { html } from '../src/report/html.ts';
import { plot } from '../src/report/plot.ts';

/** A study with made-up numbers, the same each time. */
export const exampleStudy: Study = {
  env: 'compose',
  topologies: ['monolith', 'microservices', 'monolith-replicated', 'microservices-shared-db'],
  trials: null,
  quick: false,
  seed: 1,
  rate: null,
  sessions: [
    {
      startedAt: '2026-01-02T03:04:05.000Z',
      commit: '0123456789abcdef0123456789abcdef01234567',
      machine: {
        cpu: 'An <old> CPU',
        cores: 2,
        memoryGiB: 16,
        os: 'Linux',
        node: 'v26.0.0',
        busyBefore: 0.31,
      },
      engine: { name: 'k6', version: '2.2.0' },
      preview: false,
      budgets: '2 CPU and 1 GiB for our code',
    },
  ],
};

const figure = plot({
  title: 'Throughput over replicas',
  x: { label: 'replicas' },
  y: { label: 'requests a second' },
  series: [
    {
      name: 'measured',
      style: 'points',
      colour: 'microservices',
      x: [1, 2, 3],
      y: [400, 740, null],
      low: [380, 700, null],
      high: [420, 790, null],
    },
    { name: 'fitted', style: 'dashes', colour: 'neutral', x: [1, 2, 3, 4], y: [402, 741, 1020, 1250] },
  ],
});

/** One chapter of it, with findings for three of the four questions. */
export const exampleChapters: Chapter[] = [
  {
    name: 'isolation',
    title: 'Isolation',
    slots: 234,
    voids: [{ slot: 'microservices-hang-2', reason: 'the generator fell behind' }],
    unrepeated: [{ slot: 'monolith-leak-1', reasons: ['the fault was not seen', 'again'] }],
    section: {
      summary: [
        {
          question: 'what-it-costs',
          label: 'median',
          values: { monolith: '1.5 ms', microservices: '2.9 ms' },
        },
        {
          question: 'what-breaks',
          label: 'answered',
          values: { monolith: '0 %', microservices: '100 %', 'monolith-replicated': '66 %' },
        },
      ],
      findings: [
        {
          question: 'what-breaks',
          text: 'With posts killed, microservices answered 100 % of users and threads & the monolith 0 %.',
          control: 'Whole copies answered 66 %: most of the gain is replication.',
        },
        { question: 'what-it-costs', text: 'The median answer took 1.9 times as long.' },
        { question: 'noise', text: 'Differences below 3 % cannot be told from chance.' },
        ...[1, 2, 3, 4].map((n) => ({ question: 'what-breaks' as const, text: `A further finding ${n}.` })),
      ],
      html: html`<section id="isolation"><h2>Isolation</h2><p>Made-up numbers.</p>${figure}</section>`,
      data: { figure: 1 },
    },
  },
];
