import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { documentedProblems, problemSchema } from './documented-problems.js';

/** The OpenAPI 3.1 document of an application: what its controllers say of themselves. */
export const describeContract = (app: NestFastifyApplication): OpenAPIObject => {
  const described = SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle('KIM Journeys')
      .setDescription(
        'Case management for Kommunales Integrationsmanagement: client journeys across offices, recorded as events.',
      )
      .setVersion('1')
      .setLicense('EUPL-1.2', 'https://joinup.ec.europa.eu/collection/eupl/eupl-text-eupl-12')
      .addServer('/')
      .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
      .build(),
  );
  const { components = {}, paths, ...rest } = described;
  return {
    ...rest,
    paths: withSharedProblems(paths),
    components: {
      ...components,
      schemas: { ...closed(components.schemas ?? {}, paths), Problem: problemSchema },
      responses: documentedProblems,
    },
  } as OpenAPIObject;
};

/** Errors look the same everywhere: operations name them, and they are described once. */
const withSharedProblems = (paths: OpenAPIObject['paths']): unknown =>
  mapped(paths, (item) =>
    mapped(item as Record<string, unknown>, (operation) => {
      const { responses, ...rest } = operation as { responses?: Record<string, { description?: string }> };
      if (!responses) return operation;
      return {
        ...rest,
        responses: mapped(responses, (response, status) =>
          status in documentedProblems
            ? {
                $ref: `#/components/responses/${status}`,
                ...(response.description ? { description: response.description } : {}),
              }
            : response,
        ),
      };
    }),
  );

/** What is sent has no fields but those that are named; what is answered may get more. */
const closed = (schemas: Readonly<Record<string, object>>, paths: OpenAPIObject['paths']): object => {
  const open = namedIn(bodiesIn(paths));
  const sent = new Set<string>();
  for (const name of open) {
    if (sent.has(name)) continue;
    sent.add(name);
    open.push(...namedIn(schemas[name]));
  }
  return mapped(schemas, (schema, name) =>
    sent.has(name) ? { ...schema, additionalProperties: false } : schema,
  );
};

const bodiesIn = (paths: OpenAPIObject['paths']): unknown[] =>
  Object.values(paths).flatMap((item) =>
    Object.values(item as Record<string, { requestBody?: unknown }>).map(({ requestBody }) => requestBody),
  );

/** The names of the schemas that a part of the document refers to. */
const namedIn = (part: unknown): string[] =>
  Array.from(
    JSON.stringify(part ?? null).matchAll(/"#\/components\/schemas\/([^"]+)"/g),
    ([, name]) => name ?? '',
  );

const mapped = <T>(entries: Readonly<Record<string, T>>, map: (value: T, name: string) => unknown) =>
  Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, map(value, name)]));

/** Serves the document, and pages to browse it that load nothing from elsewhere. */
export const serveContract = (app: NestFastifyApplication, server: FastifyInstance): void => {
  const config = { facts: { operation: 'readContract', takesQuery: false, takesBody: false } } as const;
  let document: string | undefined;
  server.get('/openapi.json', { config }, (_request, reply) => {
    document ??= JSON.stringify(describeContract(app));
    return reply.type('application/json; charset=utf-8').send(document);
  });
  server.get('/docs', { config }, (_request, reply) => page(reply, 'text/html', browser));
  server.get('/docs/start.js', { config }, (_request, reply) => page(reply, 'text/javascript', start));
  for (const [name, type] of Object.entries(assets)) {
    server.get(`/docs/${name}`, { config }, async (_request, reply) =>
      page(reply, type, await readFile(assetsOfSwaggerUi.resolve(`swagger-ui-dist/${name}`))),
    );
  }
};

const assetsOfSwaggerUi = createRequire(import.meta.url);
const assets = { 'swagger-ui.css': 'text/css', 'swagger-ui-bundle.js': 'text/javascript' };

const page = (reply: FastifyReply, type: string, body: string | Buffer): FastifyReply =>
  reply
    .header(
      'content-security-policy',
      // Swagger UI styles its elements in place and draws its icons from data.
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
        "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    )
    .type(`${type}; charset=utf-8`)
    .send(body);

const browser = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>KIM Journeys: the contract</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
    <link rel="icon" href="data:," />
  </head>
  <body>
    <main id="contract"></main>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#contract', validatorUrl: null });\n`;
