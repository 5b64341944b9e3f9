// The whole way on an emulator of AWS, under load, and back to nothing:  npm run test:aws
// It needs Docker, the images cleave/<component>:local, and AWS_ENDPOINT_URL on this machine.
import { show } from '../../lab/src/environments/compose/command.ts';

// one after the other: they share the machine, and each wants to find nothing
const status = await show('node', [
  '--test',
  '--test-concurrency=1',
  '--test-reporter=spec',
  'test/aws/*.aws.ts',
]);
if (status !== 0) process.exitCode = 1;
