import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allTopologies, type Topology } from '../src/environments/environment.ts';
import { findings } from '../src/experiments/breach/findings.ts';
import {
  type Attack,
  assetKinds,
  type BreachRecord,
  breachSchema,
  type Place,
} from '../src/experiments/breach/record.ts';
import { section } from '../src/experiments/breach/section.ts';

const modules = ['users', 'threads', 'posts'] as const;
const outside = ['host', 'internet', 'names'] as const;
const ofModules = assetKinds.filter((kind) => !outside.some((other) => other === kind));

/** From one place: everything of these modules is reached, and of the others what `also` says. */
function attacksFrom(own: readonly string[], also: (attack: Omit<Attack, 'cell'>) => boolean): Attack[] {
  const all = [
    ...modules.flatMap((owner) => ofModules.map((kind) => ({ owner, kind }))),
    ...outside.map((kind) => ({ owner: 'outside' as const, kind })),
  ];
  return all.map((attack) => {
    const isReached = own.includes(attack.owner) || also(attack);
    const outcome = isReached ? ('reached' as const) : ('refused' as const);
    return {
      ...attack,
      cell: { outcome, tried: `<${attack.kind}>`, answered: isReached ? '200' : 'no & never' },
    };
  });
}

const isTraffic = ({ kind }: Omit<Attack, 'cell'>): boolean => kind === 'traffic';

function record(topology: Topology, also = isTraffic): BreachRecord {
  const split = topology.startsWith('microservices');
  const places: Place[] = split ? ['gateway', ...modules] : ['monolith'];
  const own = (place: Place) => modules.filter((module) => (split ? place === module : place === 'monolith'));
  const cell = {
    outcome: 'unreachable' as const,
    tried: 'the address of example.com',
    answered: 'ENOTFOUND',
  };
  return {
    topology,
    environment: 'compose',
    rows: [
      ...places.map((place) => ({ place, attacks: attacksFrom(own(place), also) })),
      { place: 'public side', attacks: attacksFrom([], isTraffic) },
    ],
    serving: split
      ? { users: 'users', threads: 'threads', posts: 'posts' }
      : { users: 'monolith', threads: 'monolith', posts: 'monolith' },
    machine: { internet: cell, names: cell },
    doors: ['gateway-1 8080/tcp -> 127.0.0.1:8080'],
  };
}

const texts = (records: BreachRecord[]) => findings(records).map(({ text }) => text);

describe('findings of breach', () => {
  it('count what a breach of posts reaches in each topology, and what the controls say of it', () => {
    const [first] = findings(allTopologies.map((topology) => record(topology)));
    assert.match(first?.text ?? '', /reaches 10 of 30 assets .* into the monolith's, 30 of 30\.$/);
    assert.match(first?.control ?? '', /monolith-replicated: 30 of 30, so copies alone change nothing/);
    assert.match(first?.control ?? '', /microservices-shared-db: 10 of 30, so separate processes, roles/);
  });

  it('name the leak when a service reaches the secret of another', () => {
    const leaky = record(
      'microservices',
      (attack) => attack.owner === 'users' && attack.kind === 'app-password',
    );
    const said = texts([leaky]).find((text) => text.includes('of other modules'));
    assert.match(
      said ?? '',
      /reached 2 of 36 .*: threads reached of users: password .* and posts reached of users/,
    );
  });

  it('say that the split stops nothing where it does not', () => {
    const open = [record('monolith'), record('microservices', () => true)];
    assert.match(texts(open)[0] ?? '', /The split alone stops nothing here\.$/);
    assert.match(texts(open).join('\n'), /reached 36 of 36 tables and secrets of other modules\.$/m);
  });

  it('count the endpoints that the public side reached', () => {
    assert.match(
      texts([record('monolith')]).join('\n'),
      /From the public side, 0 of 9 admin, control and fault/,
    );
  });

  it('are none without records', () => {
    assert.deepEqual(findings([]), []);
  });
});

describe('the section of breach', () => {
  it('has every attempt with its answer, escaped', () => {
    const text = section([record('microservices'), record('monolith')]).html.text;
    assert.match(text, /<section id="breach">/);
    assert.match(text, /&lt;app-password&gt;<\/td><td>no &amp; never</);
    assert.doesNotMatch(text, /<app-password>/);
    assert.ok(text.indexOf('monolith: every attempt') < text.indexOf('microservices: every attempt'));
  });

  it('marks what says nothing since the machine itself gets nowhere', () => {
    const row = /public names<\/th>(.*?)<\/tr>/s.exec(section([record('monolith')]).html.text)?.[1];
    assert.match(row ?? '', />\?</);
  });

  it('warns that processes of one user are not isolated, on local only', () => {
    const isWarned = (environment: 'local' | 'compose') =>
      section([{ ...record('monolith'), environment }]).html.text.includes('one user of one machine');
    assert.deepEqual([isWarned('local'), isWarned('compose')], [true, false]);
  });

  it('is drawn from what was kept', () => {
    assert.deepEqual(breachSchema.parse(JSON.parse(JSON.stringify(record('monolith')))), record('monolith'));
  });
});
