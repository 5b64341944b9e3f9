// Draws every figure made by plot.ts with uPlot. Runs in the browser, inside the page that carries it.
{
  const font = '13px system-ui, sans-serif';
  const colour = (name) =>
    getComputedStyle(document.documentElement)
      .getPropertyValue(`--${name === 'neutral' ? 'soft' : name}`)
      .trim();
  const digits = (value) => (Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
  const number = (value, unit) =>
    value === null || value === undefined
      ? '–'
      : `${value.toLocaleString('en', { maximumFractionDigits: digits(value) })}${unit ? ` ${unit}` : ''}`;

  const decades = (_, splits) => splits.map((value) => (Math.log10(value) % 1 === 0 ? value : null));

  const axis = (given, extra) => {
    const rule = { stroke: colour('line'), width: 1, ...(given.log ? { filter: decades } : {}) };
    return {
      stroke: colour('soft'),
      grid: rule,
      ticks: rule,
      font,
      labelFont: font,
      label: given.label,
      ...(given.log ? { filter: decades } : {}),
      values: (_, splits) => splits.map((value) => (value === null ? null : value.toLocaleString('en'))),
      ...extra,
    };
  };

  const valuesOf = (spec) =>
    spec.series
      .flatMap((one) => [...one.y, ...(one.low ?? []), ...(one.high ?? [])])
      .filter((v) => v !== null);

  const rangeOf = (given, values) => {
    if (given.log) {
      const positive = values.filter((value) => value > 0);
      const low = given.min ?? Math.min(...positive);
      const high = given.max ?? Math.max(...positive);
      return [10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(high * 1.01))];
    }
    const low = given.min ?? Math.min(0, ...values);
    const high = given.max ?? Math.max(...values) * 1.06;
    return [low, high > low ? high : low + 1];
  };

  /** Columns over one common x, as uPlot wants them. */
  const columnsOf = (spec) => {
    const xs = [...new Set(spec.series.flatMap((one) => one.x))].sort((a, b) => a - b);
    const spread = (one, values) => {
      const at = new Map(one.x.map((x, i) => [x, values[i]]));
      return xs.map((x) => at.get(x) ?? null);
    };
    return [xs, ...spec.series.map((one) => spread(one, one.y))];
  };

  const path = (u, points) => {
    u.ctx.beginPath();
    for (const [i, [x, y]] of points.entries()) {
      const at = [u.valToPos(x, 'x', true), u.valToPos(y, 'y', true)];
      if (i === 0) u.ctx.moveTo(...at);
      else u.ctx.lineTo(...at);
    }
  };

  const boundsOf = (one) =>
    one.x
      .map((x, i) => [x, one.low?.[i] ?? null, one.high?.[i] ?? null])
      .filter(([, low, high]) => low !== null && high !== null);

  const drawBand = (u, one) => {
    const bounds = boundsOf(one);
    path(u, [...bounds.map(([x, , high]) => [x, high]), ...bounds.map(([x, low]) => [x, low]).reverse()]);
    u.ctx.globalAlpha = 0.16;
    u.ctx.fillStyle = colour(one.colour);
    u.ctx.fill();
  };

  const drawBars = (u, one) => {
    u.ctx.strokeStyle = colour(one.colour);
    u.ctx.lineWidth = 1.5 * devicePixelRatio;
    for (const [x, low, high] of boundsOf(one)) {
      path(u, [
        [x, low],
        [x, high],
      ]);
      u.ctx.stroke();
    }
  };

  const drawIntervals = (spec) => (u) => {
    u.ctx.save();
    u.ctx.beginPath();
    u.ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
    u.ctx.clip();
    for (const one of spec.series) {
      if (one.low && one.high) (one.style === 'points' ? drawBars : drawBand)(u, one);
      u.ctx.globalAlpha = 1;
    }
    u.ctx.restore();
  };

  const look = (one, unit) => ({
    label: one.name,
    stroke: colour(one.colour),
    width: 2.5,
    spanGaps: true,
    value: (_, value) => number(value, unit),
    ...(one.style === 'dashes' ? { dash: [7, 4] } : {}),
    ...(one.style === 'points'
      ? { paths: () => null, points: { show: true, size: 8, fill: colour(one.colour) } }
      : { points: { show: one.x.length < 12, size: 6, fill: colour(one.colour) } }),
  });

  const draw = (figure) => {
    const spec = JSON.parse(figure.querySelector('script').textContent);
    const element = figure.querySelector('.chart');
    const x = spec.series.flatMap((one) => one.x);
    const options = {
      width: element.clientWidth,
      height: 280,
      scales: {
        x: { time: false, distr: spec.x.log ? 3 : 1, range: rangeOf({ min: Math.min(...x), ...spec.x }, x) },
        y: { distr: spec.y.log ? 3 : 1, range: rangeOf(spec.y, valuesOf(spec)) },
      },
      cursor: { y: false },
      hooks: { drawClear: [drawIntervals(spec)] },
      axes: [
        axis(spec.x, { size: 30, labelSize: 20, labelGap: 0 }),
        axis(spec.y, { size: 60, labelSize: 20 }),
      ],
      series: [
        { label: spec.x.label, value: (_, value) => number(value, spec.x.unit) },
        ...spec.series.map((one) => look(one, spec.y.unit)),
      ],
    };
    const chart = new uPlot(options, columnsOf(spec), element);
    return () => chart.destroy();
  };

  // A figure in a closed <details> has no width yet: it is drawn when that opens.
  const drawn = new Map();
  const isVisible = (figure) => figure.querySelector('.chart').clientWidth > 0;
  const drawAll = (again) => {
    for (const figure of document.querySelectorAll('.plot')) {
      if (!isVisible(figure) || (drawn.has(figure) && !again)) continue;
      drawn.get(figure)?.();
      drawn.set(figure, draw(figure));
    }
  };
  document.addEventListener('toggle', () => drawAll(false), true);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawAll(true));
  let width = innerWidth;
  addEventListener('resize', () => {
    if (innerWidth === width) return;
    width = innerWidth;
    drawAll(true);
  });
  drawAll(true);
}
