import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { RDSClient } from '@aws-sdk/client-rds';
import { S3Client } from '@aws-sdk/client-s3';

/** AWS, as far as it is used here. Region, profile, credentials and endpoint come from the SDK's own variables. */
export const createClients = (emulated: boolean) => ({
  cloudFormation: new CloudFormationClient({}),
  cloudWatch: new CloudWatchClient({}),
  logs: new CloudWatchLogsClient({}),
  registry: new ECRClient({}),
  containers: new ECSClient({}),
  balancers: new ElasticLoadBalancingV2Client({}),
  databases: new RDSClient({}),
  // an emulator has no name of its own for each bucket
  storage: new S3Client({ forcePathStyle: emulated }),
});

export type Clients = ReturnType<typeof createClients>;
