import { each, named, type Properties, type StackRule } from './stack-rule.ts';

/** X-Ray knows no resources: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html */
const WITHOUT_RESOURCE = /^xray:/;
/** A log group's ARN goes on with its streams, and a secret's with six characters that nobody chooses. */
const OWN_STARS = /:log-group:[\w/-]+:\*$|-\?{6}$/;

export const ROLE_RULES: readonly StackRule[] = [
  {
    name: 'a function has a role of its own, which Lambda alone may take, and which grants no action and no resource by wildcard',
    find: (stack) => {
      const roles = named(stack, 'AWS::Lambda::Function').map(([, { Role }]) => String(Role));
      return [
        ...roles.filter((role, at) => roles.indexOf(role) !== at).map((role) => `${role} has two functions`),
        ...each('AWS::IAM::Role', ({ AssumeRolePolicyDocument, Policies, ManagedPolicyArns }) => [
          JSON.stringify(AssumeRolePolicyDocument.Statement[0].Principal) ===
          '{"Service":"lambda.amazonaws.com"}'
            ? ''
            : 'may be taken by others',
          ManagedPolicyArns === undefined ? '' : 'has rights that are written elsewhere',
          ...statementsOf(Policies).map(({ Effect, Action, Resource }) => {
            const actions = [Action].flat().map(String);
            if (Effect === 'Allow' && actions.some((action) => action.includes('*')))
              return `grants ${actions}`;
            const wide = [Resource].flat().filter((arn) => /[*?]/.test(String(arn).replace(OWN_STARS, '')));
            return wide.length === 0 || actions.every((action) => WITHOUT_RESOURCE.test(action))
              ? ''
              : `grants ${actions} on ${wide}`;
          }),
        ])(stack),
      ];
    },
    breaks: [
      ['ReplyLambdaFunction.Properties.Role', { 'Fn::GetAtt': ['ReceiveRole', 'Arn'] }, /has two functions$/],
      [
        'ReplyRole.Properties.AssumeRolePolicyDocument.Statement.0.Principal',
        { AWS: '*' },
        /may be taken by others$/,
      ],
      [
        'ReplyRole.Properties.ManagedPolicyArns',
        ['arn:aws:iam::aws:policy/AdministratorAccess'],
        /elsewhere$/,
      ],
      [
        'ReplyRole.Properties.Policies.0.PolicyDocument.Statement.2.Action',
        'dynamodb:*',
        /^ReplyRole grants dynamodb:\*$/,
      ],
      [
        'ReplyRole.Properties.Policies.0.PolicyDocument.Statement.1.Resource',
        '*',
        /^ReplyRole grants sqs:.* on \*$/,
      ],
    ],
  },
  {
    name: 'nobody outside is let in: a star is only refused, and who may call a function has to come from ours',
    find: (stack) => [
      ...Object.entries(stack.Resources).flatMap(([id, { Properties = {} }]) =>
        (Properties['PolicyDocument']?.Statement ?? [])
          .filter(
            ({ Effect, Principal }: Properties) =>
              Effect === 'Allow' && JSON.stringify(Principal).includes('"*"'),
          )
          .map(() => `${id} lets everybody in`),
      ),
      ...each('AWS::Lambda::Permission', ({ Principal, SourceArn }) => [
        Principal === '*' || SourceArn === undefined ? `lets ${Principal} call from anywhere` : '',
      ])(stack),
    ],
    breaks: [
      [
        'QueuePolicy.Properties.PolicyDocument.Statement.0.Effect',
        'Allow',
        /^QueuePolicy lets everybody in$/,
      ],
      ['ReceiveLambdaPermissionHttpApi.Properties.SourceArn', undefined, /call from anywhere$/],
    ],
  },
];

function statementsOf(policies: Properties['Policies']): readonly Properties[] {
  return policies.flatMap(({ PolicyDocument }: Properties) => PolicyDocument.Statement);
}
