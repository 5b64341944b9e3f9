import { type Html, html } from '../../report/html.ts';
import { groups } from './counts.ts';
import { changedImages, restartedProcesses, type TopologyDelivery } from './digest.ts';
import type { CodeRecord } from './record.ts';
import { RATE } from './roll.ts';
import { formatBytes, formatFailed, formatSpread, list } from './words.ts';

const heads = (names: readonly string[]): Html =>
  html`<thead><tr>${names.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>`;

const rebuilt = (delivery: TopologyDelivery): Html => {
  if (delivery.images === null) return html`no images in this environment`;
  const changed = changedImages(delivery);
  return html`<b>${changed.length} of ${delivery.images.length}</b> ${changed.map(
    ({ component, newLayers, layers, newBytes, newCompressedBytes }) =>
      html`<small>${component}: ${newLayers} of ${layers} layers, ${formatBytes(newBytes)}, ${formatBytes(newCompressedBytes)} compressed</small> `,
  )}`;
};

const changedRow = (delivery: TopologyDelivery): Html => html`
  <tr><th scope="row" class="${delivery.topology}">${delivery.topology}</th>
    <td>${rebuilt(delivery)}</td>
    <td><b>${restartedProcesses(delivery)} of ${delivery.processes}</b> <small>${list(delivery.restarted.map(({ part }) => part))}</small></td>
    <td>${list(delivery.modules)}</td></tr>`;

export const changedTable = (topologies: readonly TopologyDelivery[]): Html => html`
  <div class="scroll"><table class="numbers">
    <caption>What one changed line in posts takes along</caption>
    ${heads(['topology', 'images changed', 'processes restarted', 'with the code of'])}
    <tbody>${topologies.map(changedRow)}</tbody>
  </table></div>`;

const secondsRow = (delivery: TopologyDelivery): Html => html`
  <tr><th scope="row" class="${delivery.topology}">${delivery.topology}</th>
    <td>${delivery.build === null ? 'no images' : formatSpread(delivery.build)}</td>
    <td>${formatSpread(delivery.answer)}</td>
    <td><b>${formatSpread(delivery.total)}</b></td>
    <td>${formatSpread(delivery.rolled)}</td></tr>`;

export const secondsTable = (topologies: readonly TopologyDelivery[]): Html => html`
  <div class="scroll"><table class="numbers">
    <caption>How long it takes: median of the trials, with the least and the most. Images are built one after the other</caption>
    ${heads(['topology', 'building all images', 'order to first new answer', 'both together', 'order to last old replica gone'])}
    <tbody>${topologies.map(secondsRow)}</tbody>
  </table></div>`;

export const failedTable = (topologies: readonly TopologyDelivery[]): Html => html`
  <div class="scroll"><table class="numbers">
    <caption>Requests that failed while it rolled, by the module that serves the route; all trials together.
    A rollout that takes longer meets more requests: ${RATE} failed ones are one second of the load</caption>
    ${heads(['topology', ...groups, 'all', 'degraded', 'failed before the order', 'trials'])}
    <tbody>${topologies.map(
      ({ topology, byGroup, all, failedBefore, trials }) => html`
      <tr><th scope="row" class="${topology}">${topology}</th>${groups.map((group) => html`<td>${formatFailed(byGroup[group])}</td>`)}
        <td><b>${formatFailed(all)}</b></td><td>${all.degraded}</td><td>${failedBefore}</td><td>${trials}</td></tr>`,
    )}</tbody>
  </table></div>`;

export const reachTable = ({ reaches, programs, tests }: CodeRecord): Html => {
  const split = programs.map(({ component }) => component).filter((component) => component !== 'monolith');
  return html`
  <div class="scroll"><table class="numbers">
    <caption>What a change reaches by imports and declared dependencies. Tests: files, of ${tests.all};
    besides, ${tests.spanning} of them span the packages and run whatever was changed</caption>
    ${heads(['change in', 'the monolith', 'programs of microservices', 'packages that depend on it', 'test files'])}
    <tbody>${reaches.map(
      ({ changed, packages, components, tests: files }) => html`
      <tr><th scope="row">${changed}</th>
        <td>${components.includes('monolith') ? '1 of 1' : '0 of 1'}</td>
        <td>${components.filter((component) => split.includes(component)).length} of ${split.length} <small>${list(components.filter((component) => split.includes(component)))}</small></td>
        <td title="${list(packages)}">${packages.length}</td>
        <td>${files}</td></tr>`,
    )}</tbody>
  </table></div>`;
};

export const programTable = ({ programs }: CodeRecord): Html => html`
  <div class="scroll"><table class="numbers">
    <caption>What is rebuilt, tested and restarted as one: files and lines of ours that a program loads</caption>
    ${heads(['program', 'modules in it', 'files', 'lines'])}
    <tbody>${programs.map(
      ({ component, modules, files, lines }) => html`
      <tr><th scope="row">${component}</th><td>${list(modules) || 'none'}</td><td>${files}</td><td>${lines}</td></tr>`,
    )}</tbody>
  </table></div>`;
