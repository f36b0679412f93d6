import { describe, expect, it } from '@jest/globals';
import { coalesce } from './coalesce.js';

/** Letters sent to an office that answers when it is told to; each post takes what is in the box, at most three. */
const letterBox = ({ concurrency = 1 } = {}) => {
  const posts: { letters: readonly string[]; answer: () => void; lose: () => void }[] = [];
  const box = coalesce<string, string>({
    select: (waiting) => ({ taken: waiting.slice(0, 3), left: waiting.slice(3) }),
    send: (letters) =>
      new Promise((resolve, reject) =>
        posts.push({
          letters,
          answer: () => resolve((place) => received(letters[place]!)),
          lose: () => reject(new Error('lost')),
        }),
      ),
    concurrency,
  });
  return { ask: box.ask, drain: box.drain, posts };
};

const received = (letter: string): string => {
  if (letter === 'illegible') throw new Error('cannot read this');
  return `${letter} received`;
};

/** Time for the office to do everything that it can do without a further word. */
const turn = async (): Promise<void> => {
  for (let steps = 0; steps < 5; steps++) await new Promise((done) => setImmediate(done));
};

describe('Questions that are sent together', () => {
  it('go out at once when nothing is on its way', async () => {
    const { ask, posts } = letterBox();
    const answer = ask('a');
    await turn();
    posts[0]!.answer();
    expect(await answer).toBe('a received');
  });

  it('wait while earlier ones are on their way, and then share the next round', async () => {
    const { ask, posts } = letterBox();
    const answers = [ask('a')];
    await turn();
    answers.push(ask('b'), ask('c'));
    await turn();
    expect(posts.map(({ letters }) => letters)).toEqual([['a']]);
    posts[0]!.answer();
    await turn();
    posts[1]!.answer();
    expect(posts[1]!.letters).toEqual(['b', 'c']);
    expect(await Promise.all(answers)).toEqual(['a received', 'b received', 'c received']);
  });

  it('leave for the next round what does not fit', async () => {
    const { ask, posts, drain } = letterBox();
    const answers = ['a', 'b', 'c', 'd'].map(ask);
    await turn();
    posts[0]!.answer();
    await turn();
    posts[1]!.answer();
    await drain();
    expect(posts.map(({ letters }) => letters)).toEqual([['a', 'b', 'c'], ['d']]);
    expect(await Promise.all(answers)).toHaveLength(4);
  });

  it('may be on their way in two rounds', async () => {
    const { ask, posts } = letterBox({ concurrency: 2 });
    const first = ask('a');
    await turn();
    const second = ask('b');
    await turn();
    const third = ask('c');
    await turn();
    expect(posts.map(({ letters }) => letters)).toEqual([['a'], ['b']]);
    posts[1]!.answer();
    expect(await second).toBe('b received');
    await turn();
    posts[2]!.answer();
    posts[0]!.answer();
    expect(await Promise.all([first, third])).toEqual(['a received', 'c received']);
  });

  it('all fail with a lost round, those that wait too, and the next ones do not', async () => {
    const { ask, posts } = letterBox();
    const lost = ['a', 'b', 'c', 'd'].map((letter) => ask(letter).catch((error: unknown) => String(error)));
    await turn();
    posts[0]!.lose();
    expect(await Promise.all(lost)).toEqual(Array(4).fill('Error: lost'));
    const answer = ask('e');
    await turn();
    posts[1]!.answer();
    expect(await answer).toBe('e received');
  });

  it('are answered or refused each on its own', async () => {
    const { ask, posts } = letterBox();
    const answers = ['a', 'illegible', 'c'].map((letter) => ask(letter).catch(String));
    await turn();
    posts[0]!.answer();
    expect(await Promise.all(answers)).toEqual(['a received', 'Error: cannot read this', 'c received']);
  });

  it('are drained when the last has its answer', async () => {
    const { ask, posts, drain } = letterBox();
    await drain();
    void ask('a');
    let drained = false;
    const draining = drain().then(() => {
      drained = true;
    });
    await turn();
    expect(drained).toBe(false);
    posts[0]!.answer();
    await draining;
  });
});
