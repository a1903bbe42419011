import { each, named, type StackRule } from './stack-rule.ts';

export const API_RULES: readonly StackRule[] = [
  {
    name: 'Twilio is answered within its five seconds, and by the function rather than by the API',
    find: (stack) => {
      const timeout = 1000 * Number(stack.Resources['ReceiveLambdaFunction']?.Properties['Timeout']);
      return each('AWS::ApiGatewayV2::Integration', ({ TimeoutInMillis: ms }) => [
        ms <= 5000 ? '' : `waits for ${ms} ms`,
        ms > timeout ? '' : `ends before receive does, after ${ms} ms`,
      ])(stack);
    },
    breaks: [
      ['HttpApiIntegrationReceive.Properties.TimeoutInMillis', 30_000, /waits for 30000 ms$/],
      ['ReceiveLambdaFunction.Properties.Timeout', 6, /ends before receive does/],
    ],
  },
  {
    name: 'the API has one route and a throttle, and logs neither headers nor bodies',
    find: (stack) => [
      ...each('AWS::ApiGatewayV2::Route', ({ RouteKey }) => [
        RouteKey === 'POST /webhook' ? '' : `takes ${RouteKey}`,
      ])(stack),
      ...each('AWS::ApiGatewayV2::Stage', ({ DefaultRouteSettings: settings = {}, AccessLogSettings }) => [
        settings.ThrottlingRateLimit > 0 && settings.ThrottlingBurstLimit > 0 ? '' : 'has no throttle',
        settings.DetailedMetricsEnabled ? 'pays for metrics of its route' : '',
        /header|body|querystring|authorizer/i.test(AccessLogSettings.Format) ? 'logs what people send' : '',
      ])(stack),
    ],
    breaks: [
      ['HttpApiRoutePostWebhook.Properties.RouteKey', 'ANY /{proxy+}', /takes ANY/],
      ['HttpApiStage.Properties.DefaultRouteSettings.ThrottlingRateLimit', undefined, /has no throttle$/],
      ['HttpApiStage.Properties.DefaultRouteSettings.DetailedMetricsEnabled', true, /pays for metrics/],
      [
        'HttpApiStage.Properties.AccessLogSettings.Format',
        '$context.requestId $request.header.x',
        /logs what/,
      ],
    ],
  },
  {
    name: 'a domain closes the other door, is mapped to the API, and takes no old TLS',
    find: (stack) => {
      const mapped = named(stack, 'AWS::ApiGatewayV2::ApiMapping').map(([, { DomainName }]) => DomainName);
      const domains = named(stack, 'AWS::ApiGatewayV2::DomainName');
      return [
        ...each('AWS::ApiGatewayV2::DomainName', ({ DomainNameConfigurations: [{ SecurityPolicy }] }, id) => [
          SecurityPolicy === 'TLS_1_2' ? '' : `takes ${SecurityPolicy}`,
          mapped.includes(id) ? '' : 'leads nowhere',
        ])(stack),
        ...each('AWS::ApiGatewayV2::Api', ({ DisableExecuteApiEndpoint: isClosed }) => [
          isClosed === domains.length > 0 ? '' : `has ${isClosed ? 'no door' : 'a second door'}`,
        ])(stack),
      ];
    },
    breaks: [
      ['Domain.Properties.DomainNameConfigurations.0.SecurityPolicy', 'TLS_1_0', /^Domain takes TLS_1_0$/],
      ['DomainMapping', undefined, /^Domain leads nowhere$/],
      ['HttpApi.Properties.DisableExecuteApiEndpoint', false, /^HttpApi has a second door$/],
      ['HttpApi.Properties.DisableExecuteApiEndpoint', true, /^HttpApi has no door$/],
    ],
  },
];
