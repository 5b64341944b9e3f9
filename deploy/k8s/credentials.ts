// Makes the credentials of an overlay's databases, once, in the cluster and nowhere else:
//   node deploy/k8s/credentials.ts deploy/k8s/overlays/microservices
import { LostCredentials, makeCredentials } from './credentials/make.ts';
import { render } from './rendered.ts';

const [overlay, ...more] = process.argv.slice(2);
if (overlay === undefined || more.length > 0) {
  process.stderr.write('Usage: node deploy/k8s/credentials.ts FOLDER-OF-AN-OVERLAY\n');
  process.exit(2);
}
try {
  const made = await makeCredentials(await render(overlay));
  process.stdout.write(made.length === 0 ? 'All credentials are there.\n' : `Made ${made.join(', ')}.\n`);
} catch (error) {
  if (!(error instanceof LostCredentials)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
