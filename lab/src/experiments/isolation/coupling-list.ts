import { faultNamed } from '../../faults/registry.ts';
import { type Html, html } from '../../report/html.ts';
import { seenOf } from './coupling-findings.ts';
import { type Coupling, couplings } from './couplings.ts';
import type { Digest } from './digest.ts';

const row = (one: Coupling): Html => html`
  <tr><th scope="row">${one.cell.route}</th><td>${one.cell.module} ${faultNamed(one.cell.fault).label}</td><td>${seenOf(one)}</td>
  <td>${one.why ?? 'no call from it to that module: what they share is the gateway and the machine'}</td></tr>`;

/** Which routes of other modules a fault reached in microservices, and over what. */
export const couplingList = (digest: Digest): Html | string => {
  if (!digest.topologies.includes('microservices')) return '';
  const found = couplings(digest);
  return html`<h3>What crossed over in microservices</h3>
  ${
    found.length === 0
      ? html`<p>No fault reached a route of another module beyond doubt.</p>`
      : html`<div class="scroll"><table><caption>Routes of another module that a fault reached beyond doubt: less than 99.99 % answered, or p99 above 1.2 times the baseline, with the whole 95 % interval</caption>
  <thead><tr><th scope="col">route</th><th scope="col">fault</th><th scope="col">what was seen</th><th scope="col">the coupling</th></tr></thead>
  <tbody>${found.map(row)}</tbody></table></div>`
  }
  <p class="note">The discussion is not among them: it needs all modules by contract. In services it is composed, and answers with the part
  that is missing named (hatched above); in the monolith it is one join.</p>`;
};
