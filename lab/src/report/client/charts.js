// Draws the report's charts with uPlot. Runs in the browser, inside the page that carries it.
// biome-ignore lint/correctness/noUnusedVariables: page.js uses it; both are inlined into one page
const charts = (() => {
  const topologies = ['monolith', 'microservices'];
  const data = JSON.parse(document.getElementById('data').textContent);
  const font = '13px system-ui, sans-serif';

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const isWhole = (value) => value === 0 || value === 100;
  const percent = (value) => (value === null ? '–' : `${value.toFixed(isWhole(value) ? 0 : 2)} %`);
  const ms = (value) => (value === null ? '–' : `${value < 100 ? value.toFixed(1) : Math.round(value)} ms`);

  const line = (topology, label, format, look) => ({
    label,
    value: (_, value) => format(value ?? null),
    stroke: colour(topology),
    width: 2.5,
    ...(topology === 'microservices' ? { dash: [7, 4] } : {}),
    points: { show: false },
    ...look,
  });

  /** An axis; `filter` leaves some of its lines and numbers out. */
  const axis = (extra, filter) => {
    const rule = { stroke: colour('line'), width: 1, ...(filter ? { filter } : {}) };
    return {
      stroke: colour('soft'),
      grid: rule,
      ticks: rule,
      font,
      labelFont: font,
      ...(filter ? { filter } : {}),
      ...extra,
    };
  };
  const below = (label) => ({ label, size: 30, labelSize: 20, labelGap: 0 });
  const beside = { size: 52 };
  // On a log axis only powers of ten carry a line and a number.
  const decades = (_, splits) => splits.map((value) => (Math.log10(value) % 1 === 0 ? value : null));

  const shadeFault = (u) => {
    const left = u.valToPos(0, 'x', true);
    const right = u.valToPos(data.seconds.fault, 'x', true);
    u.ctx.save();
    u.ctx.fillStyle = colour('shade');
    u.ctx.fillRect(left, u.bbox.top, right - left, u.bbox.height);
    u.ctx.restore();
  };

  const timelineOf = (fault, route, topology) =>
    data.timelines.find((one) => one.fault === fault && one.route === route && one.topology === topology);

  // A value holds for its whole second: it is drawn from the second's beginning to just before its end.
  const almostOne = 0.999;
  const bothEnds = (values, shift = 0) =>
    values.flatMap((value) => [value, value === null ? null : value + shift]);

  const byTopology = (fault, route, read) => {
    const found = topologies.map((topology) => timelineOf(fault, route, topology));
    const seconds = [...new Set(found.flatMap((one) => one?.second ?? []))].sort((a, b) => a - b);
    const columns = found.map((one) =>
      seconds.map((second) => (one ? read(one, one.second.indexOf(second)) : null)),
    );
    return [bothEnds(seconds, almostOne), ...columns.map((column) => bothEnds(column))];
  };

  const timeline = (fault, route, { read, format, y, filter }) => ({
    columns: byTopology(fault, route, read),
    options: {
      height: 190,
      scales: { x: { time: false }, y },
      cursor: { sync: { key: 'timeline' }, y: false },
      hooks: { drawClear: [shadeFault] },
      axes: [
        axis({ ...below('seconds since the fault began'), space: 40, incrs: [1, 2, 5, 10, 30, 60] }),
        axis(beside, filter),
      ],
      series: [
        { label: 'second', value: (_, at) => Math.floor(at ?? 0) },
        ...topologies.map((one) => line(one, one, format)),
      ],
    },
  });

  const curve = (fault, route, phase, topology) =>
    data.distributions
      .find(
        (one) =>
          one.fault === fault && one.route === route && one.topology === topology && one.phase === phase,
      )
      ?.answered.map((share) => share * 100) ?? data.boundsMs.map(() => null);

  const looks = [
    { phase: 'baseline', when: 'before', look: { width: 1.2 } },
    { phase: 'fault', when: 'during', look: { width: 3 } },
  ];

  const latency = (fault, route) => {
    const lines = looks.flatMap((one) => topologies.map((topology) => ({ ...one, topology })));
    return {
      columns: [data.boundsMs, ...lines.map(({ phase, topology }) => curve(fault, route, phase, topology))],
      options: {
        height: 300,
        scales: { x: { time: false, distr: 3, range: [0.25, 4096] }, y: { range: [0, 104] } },
        cursor: { y: false },
        axes: [axis(below('milliseconds'), decades), axis(beside)],
        series: [
          { label: 'within', value: (_, value) => ms(value ?? null) },
          ...lines.map(({ topology, when, look }) => line(topology, `${topology}, ${when}`, percent, look)),
        ],
      },
    };
  };

  const answered = (one, i) => (one.requests[i] ? 100 * (1 - one.failed[i] / one.requests[i]) : null);
  const slowest = (one, i) => one.p99Ms[i] ?? null;

  const kinds = {
    availability: (fault, route) =>
      timeline(fault, route, { read: answered, format: percent, y: { range: [-4, 104] } }),
    p99: (fault, route) =>
      timeline(fault, route, {
        read: slowest,
        format: ms,
        y: { distr: 3, range: [0.5, 4096] },
        filter: decades,
      }),
    latency,
  };

  /** Draws one chart into its element and gives the function that removes it. */
  const draw = (element, route) => {
    const { options, columns } = kinds[element.dataset.kind](element.dataset.fault, route);
    const chart = new uPlot({ width: element.clientWidth, ...options }, columns, element);
    return () => chart.destroy();
  };

  return { draw };
})();
