import { randomBytes } from 'node:crypto';

/** What a command of a guide was answered. */
export interface GuideAnswer {
  readonly request: string;
  readonly status: number;
  readonly body: unknown;
}

export interface GuideShell {
  /** Runs one block of commands after those before. Gives what curl was answered, tokens left out. */
  run(block: string): Promise<readonly GuideAnswer[]>;
}

/**
 * As much of a shell as the guides use, so that their commands run where there is neither shell nor curl: functions
 * and assignments on one line, pipes, both kinds of quotes, `$name`, `$1`, `${1:-other}`, `$(…)`, and of programs
 * `curl -s -H -d`, `sed s/…/…/`, `echo`, and `od` of eight random bytes. Anything else is refused, so that nothing is tested that does not run.
 */
export const guideShell = (): GuideShell => {
  const variables = new Map<string, string>();
  const functions = new Map<string, string>();
  let answers: GuideAnswer[] = [];

  const run = async (script: string, args: readonly string[], input = ''): Promise<string> => {
    let output = '';
    for (const statement of split(script, '\n;')) output += await runStatement(statement, args, input);
    return output;
  };

  const runStatement = async (statement: string, args: readonly string[], input: string): Promise<string> => {
    if (statement === '' || statement.startsWith('#')) return '';
    const [, name, body] = /^(\w+)\(\) \{ (.*)\}$/s.exec(statement) ?? [];
    if (name !== undefined && body !== undefined) {
      functions.set(name, body);
      return '';
    }
    const [, variable, value] = /^(\w+)=(.*)$/s.exec(statement) ?? [];
    if (variable !== undefined && value !== undefined) {
      variables.set(variable, (await wordsOf(value, args)).join(' '));
      return '';
    }
    let passed = input;
    for (const command of split(statement, '|')) passed = await execute(await wordsOf(command, args), passed);
    return passed;
  };

  const execute = async ([name = '', ...args]: readonly string[], input: string): Promise<string> => {
    const body = functions.get(name);
    if (body !== undefined) return run(body, args, input);
    switch (name) {
      case 'curl':
        return curl(args);
      case 'sed':
        return sed(args, input);
      case 'echo':
        return `${args.join(' ')}\n`;
      case 'od':
        return random(args);
      default:
        throw new Error(`The guide's shell does not know ${name}`);
    }
  };

  const curl = async (args: readonly string[]): Promise<string> => {
    const headers: [string, string][] = [];
    let [address, content]: (string | undefined)[] = [];
    for (let at = 0; at < args.length; at += 1) {
      const word = args[at] ?? '';
      if (word === '-s') continue;
      else if (word === '-d') content = args[(at += 1)];
      else if (word === '-H') headers.push(headerOf(args[(at += 1)] ?? ''));
      else if (word.startsWith('http') && address === undefined) address = word;
      else throw new Error(`The guide's shell does not know curl ${word}`);
    }
    const response = await fetch(address ?? '', {
      headers,
      ...(content !== undefined && { method: 'POST', body: content }),
    });
    const text = await response.text();
    if (!response.url.endsWith('/demo/tokens'))
      answers.push({
        request: `${content === undefined ? 'GET' : 'POST'} ${address}`,
        status: response.status,
        body: JSON.parse(text),
      });
    return text;
  };

  /** Words as a shell makes them, but that what is put in for a name or a command is never split. */
  const wordsOf = async (text: string, args: readonly string[]): Promise<readonly string[]> => {
    const words: string[] = [];
    let word: string | undefined;
    let isQuoted = false;
    for (let at = 0; at < text.length; at += 1) {
      const sign = text[at] ?? '';
      if (sign === '"') {
        isQuoted = !isQuoted;
        word ??= '';
      } else if (sign === '$') {
        const length = lengthOfSubstitution(text.slice(at));
        word = (word ?? '') + (await substitute(text.slice(at, at + length), args));
        at += length - 1;
      } else if (isQuoted && sign === '\\' && '"\\$'.includes(text[at + 1] ?? '')) {
        word = (word ?? '') + (text[(at += 1)] ?? '');
      } else if (!isQuoted && sign === "'") {
        const end = text.indexOf("'", at + 1);
        word = (word ?? '') + text.slice(at + 1, end);
        at = end;
      } else if (!isQuoted && /\s/.test(sign)) {
        if (word !== undefined) words.push(word);
        word = undefined;
      } else word = (word ?? '') + sign;
    }
    return word === undefined ? words : [...words, word];
  };

  const substitute = async (expression: string, args: readonly string[]): Promise<string> => {
    if (expression.startsWith('$(')) return (await run(expression.slice(2, -1), args)).replace(/\n+$/, '');
    const [, name = '', otherwise] = /^\$\{?(\w+)(?::-(.*)\})?/s.exec(expression) ?? [];
    const value = /^\d$/.test(name) ? args[Number(name) - 1] : variables.get(name);
    if (value !== undefined) return value;
    if (otherwise !== undefined) return (await wordsOf(otherwise, args)).join(' ');
    throw new Error(`The guide uses ${expression}, which it has not set`);
  };

  return {
    run: async (block) => {
      answers = [];
      await run(block, []);
      return answers;
    },
  };
};

const random = (args: readonly string[]): string => {
  if (args.join(' ') === '-An -N8 -tx8 /dev/urandom') return ` ${randomBytes(8).toString('hex')}\n`;
  throw new Error(`The guide's shell does not know od ${args.join(' ')}`);
};

const headerOf = (header: string): [string, string] => {
  const colon = header.indexOf(':');
  return [header.slice(0, colon), header.slice(colon + 1).trim()];
};

/** Basic regular expressions, one substitution. */
const sed = ([expression = '']: readonly string[], input: string): string => {
  const [, pattern, replacement] = /^s\/(.*)\/(.*)\/$/s.exec(expression) ?? [];
  if (pattern === undefined || replacement === undefined)
    throw new Error(`The guide's shell does not know sed ${expression}`);
  const matched = new RegExp(pattern.replaceAll(/\\([()])/g, '$1'));
  const put = replacement.replaceAll(/\\(\d)/g, '$$$1');
  return input
    .split('\n')
    .map((line) => line.replace(matched, put))
    .join('\n');
};

/** What stands between the separators, outside of quotes, brackets and braces. */
const split = (text: string, separators: string): readonly string[] => {
  const parts: string[] = [''];
  for (let at = 0; at < text.length;) {
    const sign = text[at] ?? '';
    const length = lengthOfGroup(text.slice(at));
    if (length === 1 && separators.includes(sign)) parts.push('');
    else parts.push((parts.pop() ?? '') + text.slice(at, at + length));
    at += length;
  }
  return parts.map((part) => part.trim());
};

/** How many signs belong together from the first on: a quotation, a group, or one. */
const lengthOfGroup = (text: string): number => {
  if (text.startsWith("'")) return text.indexOf("'", 1) + 1;
  if (text.startsWith('"')) return (/^"(?:\\.|[^"\\])*"/s.exec(text)?.[0] ?? '"').length;
  if (text.startsWith('#')) return (/^#[^\n]*/.exec(text)?.[0] ?? '#').length;
  const closing = { '(': ')', '{': '}' }[text[0] ?? ''];
  if (closing === undefined) return 1;
  for (let at = 1; at < text.length;) {
    if (text[at] === closing) return at + 1;
    at += lengthOfGroup(text.slice(at));
  }
  return text.length;
};

const lengthOfSubstitution = (text: string): number =>
  text[1] === '(' || text[1] === '{'
    ? 1 + lengthOfGroup(text.slice(1))
    : (/^\$\w+/.exec(text)?.[0] ?? '$').length;
