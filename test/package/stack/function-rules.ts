import { each, named, type StackRule } from './stack-rule.ts';

export const FUNCTION_RULES: readonly StackRule[] = [
  {
    name: 'a function runs on Node 24, on arm64, with half a gigabyte, and no longer than its work may take',
    find: each('AWS::Lambda::Function', ({ Runtime, Architectures, MemorySize, Timeout }) => [
      Runtime === 'nodejs24.x' ? '' : `runs on ${Runtime}`,
      String(Architectures) === 'arm64' ? '' : `runs on ${Architectures}`,
      MemorySize === 512 ? '' : `has ${MemorySize} MB`,
      Timeout <= 120 ? '' : `may take ${Timeout} s`,
    ]),
    breaks: [
      ['ReplyLambdaFunction.Properties.Runtime', 'nodejs20.x', /^ReplyLambdaFunction runs on nodejs20.x$/],
      ['ReplyLambdaFunction.Properties.Architectures', ['x86_64'], /^ReplyLambdaFunction runs on x86_64$/],
      ['ReceiveLambdaFunction.Properties.MemorySize', 128, /^ReceiveLambdaFunction has 128 MB$/],
      ['ReconcileLambdaFunction.Properties.Timeout', 900, /^ReconcileLambdaFunction may take 900 s$/],
    ],
  },
  {
    name: 'a function reserves no executions, which an account with ten could not give',
    find: each('AWS::Lambda::Function', ({ ReservedConcurrentExecutions: reserved }) => [
      reserved === undefined ? '' : `reserves ${reserved} executions`,
    ]),
    breaks: [
      ['ReconcileLambdaFunction.Properties.ReservedConcurrentExecutions', 1, /reserves 1 executions$/],
    ],
  },
  {
    name: 'an environment holds names of secrets and no secret',
    find: each('AWS::Lambda::Function', ({ Environment }) =>
      Object.entries<unknown>(Environment.Variables).map(([name, value]) =>
        /TOKEN$|SECRET$|KEY_SID$/.test(name) || String(value).includes('{{resolve:')
          ? `is given ${name}`
          : '',
      ),
    ),
    breaks: [
      [
        'ReceiveLambdaFunction.Properties.Environment.Variables.TWILIO_AUTH_TOKEN',
        'x',
        /is given TWILIO_AUTH_TOKEN$/,
      ],
      [
        'ReplyLambdaFunction.Properties.Environment.Variables.LOG_LEVEL',
        '{{resolve:secretsmanager:x}}',
        /is given LOG_LEVEL$/,
      ],
    ],
  },
  {
    name: 'a function writes JSON, whose level LOG_LEVEL alone decides, into a log group that is there for it',
    find: (stack) => {
      const groups = named(stack, 'AWS::Logs::LogGroup').map(([, { LogGroupName }]) => LogGroupName);
      return each('AWS::Lambda::Function', ({ FunctionName, LoggingConfig = {} }) => [
        groups.includes(`/aws/lambda/${FunctionName}`) ? '' : 'has no log group',
        LoggingConfig.LogFormat === 'JSON' ? '' : 'does not log JSON',
        LoggingConfig.ApplicationLogLevel === 'TRACE' ? '' : 'does not keep every line of ours',
      ])(stack);
    },
    breaks: [
      [
        'ReplyLogGroup.Properties.LogGroupName',
        '/aws/lambda/other',
        /^ReplyLambdaFunction has no log group$/,
      ],
      ['ReplyLambdaFunction.Properties.LoggingConfig', undefined, /does not log JSON$/],
      [
        'ReplyLambdaFunction.Properties.LoggingConfig.ApplicationLogLevel',
        'INFO',
        /does not keep every line/,
      ],
    ],
  },
  {
    name: 'logs go after thirty days',
    find: each('AWS::Logs::LogGroup', ({ RetentionInDays }) => [
      RetentionInDays === 30 ? '' : `keeps its lines for ${RetentionInDays ?? 'ever'}`,
    ]),
    breaks: [
      ['HttpApiLogGroup.Properties.RetentionInDays', undefined, /^HttpApiLogGroup keeps its lines for ever$/],
    ],
  },
  {
    name: 'reconcile is called each minute, and again where a call failed, which may be an alarm’s',
    find: (stack) => [
      ...each('AWS::Events::Rule', ({ ScheduleExpression, State }) => [
        ScheduleExpression === 'rate(1 minute)' && State === 'ENABLED'
          ? ''
          : `is ${State}, ${ScheduleExpression}`,
      ])(stack),
      ...each('AWS::Lambda::EventInvokeConfig', ({ MaximumRetryAttempts, MaximumEventAgeInSeconds: age }) => [
        MaximumRetryAttempts === 2 ? '' : 'does not try again what failed',
        age <= 3600 ? '' : `keeps a call for ${age ?? 21_600} s`,
      ])(stack),
    ],
    breaks: [
      ['ReconcileEventsRuleSchedule1.Properties.State', 'DISABLED', /is DISABLED/],
      ['ReconcileEventsRuleSchedule1.Properties.ScheduleExpression', 'rate(5 minutes)', /rate\(5 minutes\)$/],
      ['ReconcileLambdaEvConf.Properties.MaximumRetryAttempts', 0, /does not try again what failed$/],
      ['ReconcileLambdaEvConf.Properties.MaximumEventAgeInSeconds', undefined, /keeps a call for 21600 s$/],
    ],
  },
];
