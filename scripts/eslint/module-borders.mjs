// The three rules of the design that keep the parts apart, as one ESLint rule.
import { dirname, isAbsolute, join, relative, sep } from 'node:path';

const READ_MODULES = ['caseload', 'handover-desk', 'indicators'];
const WRITE_MODULES = ['journeys', 'clients', 'offers'];
// the words in which all records are written: as pure as a domain folder, and open to all of them
const SHARED_VOCABULARY = /^src\/record\/(field-table|recorded)\.[jt]s$/;
// events, and the codes that stand in them, are what modules share
const DOORS = ['index.js', 'domain/events.js', 'domain/codes.js'];
const HANDLES_COMMANDS = /(Handler|Controller|Module|Command|Commands|CommandBus)$/;

/** @type {import('eslint').Rule.RuleModule} */
export const moduleBorders = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      'library-knows-application': 'libs/ knows nothing of the application: it must not import {{ target }}.',
      'library-by-path': 'A library is imported by its name (#{{ library }}), not by a path into it.',
      'domain-is-pure':
        'A domain folder imports values only from domain folders (types from anywhere): what {{ target }} offers comes in as a value.',
      'module-has-one-door':
        'Of another module only its events, their codes and index.js may be imported, not {{ target }}.',
      'reader-knows-handler':
        'A reading module knows the events of {{ module }}, not what handles its commands ({{ name }}).',
    },
  },
  create(context) {
    const file = posix(relative(context.cwd, context.filename));
    const check = (node) => {
      if (typeof node.source?.value !== 'string') return;
      for (const problem of bordersCrossed(file, node.source.value, importedBy(node))) {
        context.report({ node: node.source, ...problem });
      }
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportAllDeclaration: check,
      ExportNamedDeclaration: check,
    };
  },
};

function bordersCrossed(file, specifier, { onlyTypes, names }) {
  const target = resolved(file, specifier);
  return [
    libraryBorder(file, target),
    domainBorder(file, target, onlyTypes),
    moduleBorder(file, target),
    ...names.map((name) => readerBorder(file, target, name)),
  ].filter(Boolean);
}

function libraryBorder(file, target) {
  const from = libraryOf(file);
  const to = libraryOf(target);
  if (from && target.startsWith('src/')) return { messageId: 'library-knows-application', data: { target } };
  if (to && to !== from) return { messageId: 'library-by-path', data: { library: to } };
  return undefined;
}

function domainBorder(file, target, onlyTypes) {
  if (!isPure(file) || isTest(file) || onlyTypes || isPure(target)) return undefined;
  return { messageId: 'domain-is-pure', data: { target } };
}

function moduleBorder(file, target) {
  const from = moduleOf(file);
  const to = moduleOf(target);
  if (!from || !to || from === to || isTest(file)) return undefined;
  if (isPure(file) && isPure(target)) return undefined;
  if (SHARED_VOCABULARY.test(target)) return undefined;
  if (DOORS.some((door) => target === `src/${to}/${door}`)) return undefined;
  return { messageId: 'module-has-one-door', data: { target } };
}

function readerBorder(file, target, name) {
  const module = moduleOf(target);
  if (!READ_MODULES.includes(moduleOf(file)) || !WRITE_MODULES.includes(module)) return undefined;
  return HANDLES_COMMANDS.test(name)
    ? { messageId: 'reader-knows-handler', data: { module, name } }
    : undefined;
}

const resolved = (file, specifier) =>
  specifier.startsWith('.') && !isAbsolute(specifier) ? posix(join(dirname(file), specifier)) : specifier;
const libraryOf = (path) => /^libs\/([^/]+)\//.exec(path)?.[1];
const moduleOf = (path) => /^src\/([^/]+)\//.exec(path)?.[1];
const isPure = (path) => /^src\/[^/]+\/domain\//.test(path) || SHARED_VOCABULARY.test(path);
const isTest = (path) => path.endsWith('.spec.ts');
const posix = (path) => path.split(sep).join('/');

function importedBy(node) {
  const specifiers = node.specifiers ?? [];
  const isType = (part) => (part.importKind ?? part.exportKind) === 'type';
  return {
    onlyTypes: isType(node) || (specifiers.length > 0 && specifiers.every(isType)),
    names: specifiers.map((part) => part.imported?.name ?? part.local.name),
  };
}
