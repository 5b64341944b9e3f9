import type { Paths } from '@cleave/module-kit/paths';
import { postsPaths } from '@cleave/posts/posts.paths';
import { threadsPaths } from '@cleave/threads/threads.paths';
import { usersPaths } from '@cleave/users/users.paths';
import { stringify } from 'yaml';
import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOverride,
  type ZodOpenApiPathItemObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import { everyComponentPaths } from './every-component.ts';
import { allowing } from './headers.ts';
import { headOf, operationOf, optionsOf, pathParameters, templateOf } from './operation.ts';
import { refusalResponses } from './problems.ts';

const description = `One forum, deployed as a monolith or as services behind a gateway, with one contract.

Paths are matched as they are sent: case-sensitive, nothing decoded, no trailing slash but in \`/\` and \`/api/\`.
A path that is not listed answers 404 (NotFound), a method that a path does not list 405 (MethodNotAllowed).
A query parameter that a list does not know, one given twice, and an unknown member of a body are refused.
`;

const requestHeaders = [
  z
    .string()
    .optional()
    .meta({
      description: 'Kept when it is 1 to 64 visible ASCII characters; sent back with the answer.',
      param: { id: 'RequestId', in: 'header', name: 'x-request-id' },
    }),
  z
    .string()
    .optional()
    .meta({
      description: 'Trace context, passed on to whoever is asked for a part of the answer.',
      param: { id: 'TraceParent', in: 'header', name: 'traceparent' },
    }),
];

function pathsOf(modules: Paths[]): ZodOpenApiPathsObject {
  const paths: Record<string, ZodOpenApiPathItemObject> = {};
  for (const [path, get] of Object.entries(everyComponentPaths)) paths[path] = { get };
  for (const [route, described] of modules.flatMap((module) => Object.entries(module))) {
    const [method = '', pattern = ''] = route.split(' ');
    const operation = operationOf(method, pattern, described);
    const path = templateOf(pattern);
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
  }
  return Object.fromEntries(Object.entries(paths).map(([path, item]) => [path, completed(path, item)]));
}

/** Adds what no route has to say of itself. */
function completed(path: string, item: ZodOpenApiPathItemObject): ZodOpenApiPathItemObject {
  const any = item.get ?? item.post ?? item.delete;
  if (any === undefined) throw new Error('a path has no operation');
  const head = item.get === undefined ? {} : { head: headOf(item.get) };
  return {
    parameters: [...pathParameters(path), ...requestHeaders],
    ...item,
    ...head,
    options: optionsOf(path, any),
  };
}

/** Numbers in text are parsed by a pattern; what reads the document needs only to know that they are numbers. */
const withoutPatternOfNumbers: ZodOpenApiOverride = ({ jsonSchema }) => {
  if (jsonSchema.type === 'integer') delete jsonSchema.pattern;
};

/** The text of openapi.yaml, made from the schemas that the modules parse their input with. */
export function openApiYaml(): string {
  const document = createDocument(
    {
      openapi: '3.1.1',
      info: {
        title: 'Cleave forum',
        version: '1.0.0',
        description,
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [
        { url: 'http://127.0.0.1:3000', description: 'monolith' },
        { url: 'http://127.0.0.1:8080', description: 'microservices, at the gateway' },
      ],
      tags: ['users', 'threads', 'posts', 'health'].map((name) => ({ name })),
      paths: pathsOf([usersPaths, threadsPaths, postsPaths]),
      components: {
        responses: {
          Methods: { description: 'The methods, in Allow.', headers: z.object(allowing) },
          ...refusalResponses,
        },
      },
    },
    { override: withoutPatternOfNumbers },
  );
  const note = '# Made by `npm run openapi` from the schemas of the modules; do not edit.\n';
  return note + stringify(document, { lineWidth: 110, aliasDuplicateObjects: false });
}
