// Flattens the scattered packages that are in a node_modules folder:  node flatten-packages.ts FOLDER
import { flatten } from './flatten.ts';
import { scattered } from './scattered.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('which node_modules folder?');
for (const one of scattered) if (await flatten(folder, one)) console.log(`${one.name} is flat`);
