import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { digestNoise, type NoiseTrial } from '../src/experiments/noise/digest.ts';
import { floorFor, floorsOf } from '../src/experiments/noise/floors.ts';
import { labels } from '../src/experiments/noise/record.ts';
import { noiseSection } from '../src/experiments/noise/section.ts';
import { namedSlots } from '../src/experiments/noise/slots.ts';
import { everything } from '../src/experiments/steady/figures.ts';
import { optionsOf } from './windows.ts';

const routes = [everything, ...Array.from({ length: 9 }, (_, index) => `GET /route/${index}`)];
const wobble = [1, 1.01, 0.99, 1.005, 0.995, 1.002];

/** Six trials of each label; A2 is `factor` times as slow on every route. */
const trials = (factor: number): NoiseTrial[] =>
  wobble.flatMap((way, index) =>
    labels.map((label) => ({
      topology: 'monolith' as const,
      label,
      trial: index + 1,
      readings: routes.map((of) => ({
        kind: 'p50' as const,
        of,
        value: 10 * (label === 'A2' ? factor * (wobble.at(-index) ?? 1) : way),
      })),
    })),
  );

describe('A/A', () => {
  it('is sound when a topology does not differ from itself', () => {
    const { verdict, floors } = digestNoise(trials(1));
    assert.equal(verdict.sound, true);
    assert.ok(floors !== null && floors.p50.single < 0.03, `floor ${floors?.p50.single}`);
  });

  it('is not sound when it differs from itself by more than its intervals allow', () => {
    const noise = digestNoise(trials(1.2));
    assert.equal(noise.verdict.sound, false);
    assert.ok(
      noise.floors !== null && noise.floors.p50.single > 0.19,
      'what cannot be trusted is in the floor',
    );
    const { findings } = noiseSection(noise);
    assert.match(findings[0]?.text ?? '', /10 of 10 A\/A ratios .* too narrow/);
  });

  it('has no floor from a single trial', () => {
    const { floors } = digestNoise(trials(1).filter(({ trial }) => trial === 1));
    assert.equal(floors, null);
  });

  it('runs both names of a topology one after the other, each first as often as the other', () => {
    const ids = namedSlots(optionsOf(['monolith', 'microservices'])).map(({ id }) => id);
    assert.equal(ids.length, 24);
    const firsts = ids.filter((_, index) => index % 2 === 0);
    assert.equal(firsts.filter((id) => id.includes('.A1.')).length, 6);
    for (let i = 0; i < ids.length; i += 2) assert.equal(ids[i]?.split('.')[0], ids[i + 1]?.split('.')[0]);
  });
});

describe('the noise floor', () => {
  const ratio = (of: string, value: number) => ({ kind: 'p50' as const, of, ratio: { value } });

  it('is one for all requests and another for a single route', () => {
    const floors = floorsOf([
      ratio(everything, 1.01),
      ratio(everything, 0.99),
      ratio('a', 1.2),
      ratio('b', 0.8),
    ]);
    assert.ok(floorFor(floors, 'p50', everything) < 0.06);
    assert.ok(floorFor(floors, 'p50', 'GET /a') > 0.2);
    assert.equal(
      floorFor(floors, 'memory', everything),
      0.03,
      'what noise does not measure has the stated one',
    );
  });
});
