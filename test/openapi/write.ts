import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openApiYaml } from './document.ts';

await writeFile(join(import.meta.dirname, '../../openapi.yaml'), openApiYaml());
