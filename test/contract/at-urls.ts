import { contract } from './contract.ts';

contract({ topology: 'monolith', baseUrl: process.env.CONTRACT_MONOLITH_URL ?? 'http://127.0.0.1:3000' });
contract({
  topology: 'microservices',
  baseUrl: process.env.CONTRACT_MICROSERVICES_URL ?? 'http://127.0.0.1:8080',
});
