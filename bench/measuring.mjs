/** Calls `act` from so many places at once for so many milliseconds. Rates per second, latencies in milliseconds. */
export const underLoad = async (act, { concurrency, milliseconds }) => {
  const latencies = [];
  const start = performance.now();
  const end = start + milliseconds;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (let began = performance.now(); began < end;) {
        await act();
        const done = performance.now();
        latencies.push(done - began);
        began = done;
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  latencies.sort((a, b) => a - b);
  const below = (share) => latencies[Math.floor(latencies.length * share)];
  return { perSecond: latencies.length / seconds, p50: below(0.5), p95: below(0.95), p99: below(0.99) };
};

/**
 * Measures contenders in turn, round after round, so that whatever else the machine does meets them all alike,
 * and takes the median of the rounds. The first round only warms up. A contender that is loaded from elsewhere
 * has `measure` instead of `act`, which gives the figures of a round.
 */
export const interleaved = async (contenders, { rounds, load, progress }) => {
  const measured = new Map(contenders.map(({ what }) => [what, []]));
  for (let round = 0; round <= rounds; round++)
    for (const { what, act, measure = () => underLoad(act, load) } of contenders) {
      progress(`${round === 0 ? 'warming up' : `round ${round} of ${rounds}`}: ${what}`);
      const figures = await measure();
      if (round > 0) measured.get(what).push(figures);
    }
  return contenders.map(({ what }) => {
    const of = (figure) => median(measured.get(what).map((figures) => figures[figure]));
    const latencies = Object.fromEntries(['p50', 'p95', 'p99'].map((figure) => [figure, round2(of(figure))]));
    return { what, perSecond: Math.round(of('perSecond')), ...latencies };
  });
};

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const round2 = (number) => Math.round(number * 100) / 100;
