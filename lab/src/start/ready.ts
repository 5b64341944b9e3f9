import Table from 'cli-table3';
import type { Component } from '../environments/local/components.ts';
import type { LocalEnvironment } from '../environments/local/local-environment.ts';
import type { Page } from '../web/page.ts';

/** One line of JSON for a script: where the topologies and the page are, and every component's ports and pid. */
export function readyLine(environment: LocalEnvironment, page: Page): string {
  return JSON.stringify({
    ready: true,
    monolith: environment.deployment('monolith').baseUrl,
    microservices: environment.deployment('microservices').baseUrl,
    page: page.url,
    components: environment.components(),
  });
}

/** The same for a person. */
export function readyPage(environment: LocalEnvironment, page: Page, seconds: number): string {
  const table = new Table({
    head: ['component', 'address', 'admin port', 'control port', 'pid'],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'left', 'right', 'right', 'right'],
  });
  for (const component of environment.components()) table.push(row(component));
  return `Both topologies are ready after ${seconds.toFixed(1)} s.

${table.toString()}

Both, side by side:    ${page.url}
Forum, monolith:       ${environment.deployment('monolith').baseUrl}/forum/
Forum, microservices:  ${environment.deployment('microservices').baseUrl}/forum/
Data, logs, passwords: ${environment.folder()}
Ctrl-C stops everything.`;
}

function row({ name, pid, port, adminPort, controlPort }: Component): string[] {
  const address = adminPort === undefined ? `127.0.0.1:${port}` : `http://127.0.0.1:${port}`;
  return [name, address, `${adminPort ?? ''}`, `${controlPort ?? ''}`, `${pid ?? 'down'}`];
}
