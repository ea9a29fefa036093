import type { References, Template } from './template.ts';

export const REGION = 'us-east-1';
export const ACCOUNT_ID = '000000000000';

/** What the machine decides, and a template refers to. */
export interface Site {
  /** Begins the names of what has no name in the template, as in CloudFormation. */
  readonly stackName: string;
  readonly sqsEndpoint: string;
  readonly apiUrl: string;
}

const PSEUDO_PARAMETERS = {
  Region: REGION,
  AccountId: ACCOUNT_ID,
  Partition: 'aws',
  URLSuffix: 'amazonaws.com',
};

/** What Ref and Fn::GetAtt mean on this machine. Without a name in the template, `<stack>-<logical id>` is the name. */
export function physicalNames(template: Template, { stackName, sqsEndpoint, apiUrl }: Site): References {
  const pseudo = new Map(
    Object.entries({ ...PSEUDO_PARAMETERS, StackName: stackName }).map(([name, value]) => [
      `AWS::${name}`,
      value,
    ]),
  );

  function describe(
    logicalId: string,
  ): { ref: string; attributes: Readonly<Record<string, string>> } | undefined {
    const resource = template.get(logicalId);
    if (!resource) return undefined;
    const named = (property: string) => {
      const given = resource.properties[property];
      return typeof given === 'string' ? given : `${stackName}-${logicalId}`;
    };
    switch (resource.type) {
      case 'AWS::DynamoDB::Table': {
        const name = named('TableName');
        return { ref: name, attributes: { Arn: arn('dynamodb', `table/${name}`) } };
      }
      case 'AWS::SQS::Queue': {
        const name = named('QueueName');
        const url = `${sqsEndpoint}/${ACCOUNT_ID}/${name}`;
        return { ref: url, attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: url } };
      }
      case 'AWS::S3::Bucket': {
        const name = named('BucketName').toLowerCase();
        const domain = `${name}.s3.${REGION}.${PSEUDO_PARAMETERS.URLSuffix}`;
        return { ref: name, attributes: { Arn: `arn:aws:s3:::${name}`, RegionalDomainName: domain } };
      }
      case 'AWS::Lambda::Function': {
        const name = named('FunctionName');
        return { ref: name, attributes: { Arn: arn('lambda', `function:${name}`) } };
      }
      case 'AWS::IAM::Role': {
        const name = named('RoleName');
        return { ref: name, attributes: { Arn: `arn:aws:iam::${ACCOUNT_ID}:role/${name}` } };
      }
      case 'AWS::ApiGatewayV2::Api':
        return { ref: logicalId.toLowerCase(), attributes: { ApiEndpoint: apiUrl } };
      default: {
        const name = `${stackName}-${logicalId}`;
        return { ref: name, attributes: { Arn: `arn:aws:local::${ACCOUNT_ID}:${name}` } };
      }
    }
  }

  return {
    ref: (name) => pseudo.get(name) ?? describe(name)?.ref,
    attribute: (logicalId, attribute) => describe(logicalId)?.attributes[attribute],
  };
}

function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT_ID}:${resource}`;
}
