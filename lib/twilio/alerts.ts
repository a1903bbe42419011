import * as z from 'zod/mini';
import { nullable } from './message-resource.ts';
import type { TwilioApi } from './request.ts';
import { toSeconds } from './to-seconds.ts';

const alert = z.object({
  error_code: nullable(z.string()),
  request_url: nullable(z.string()),
  date_created: nullable(z.string()),
});

export type Alert = z.infer<typeof alert>;

const page = z.object({
  alerts: z.array(alert),
  meta: z.object({ next_page_url: nullable(z.string()) }),
});

export interface AlertPage {
  readonly alerts: readonly Alert[];
  /** Whether there are more than fit on the page. */
  readonly cut: boolean;
}

/** The most that Monitor puts on a page. */
const PAGE_SIZE = 1_000;

/**
 * What went wrong in the account from `from` on (milliseconds since the epoch), a page of it: failed webhooks are among
 * it.
 * https://www.twilio.com/docs/usage/monitor-alert
 * @param api with Monitor's origin.
 * @throws what `TwilioApi.request` throws.
 */
export async function listAlerts(api: TwilioApi, from: number): Promise<AlertPage> {
  const StartDate = toSeconds(new Date(from));
  const query = new URLSearchParams({ StartDate, PageSize: String(PAGE_SIZE) });
  const { alerts, meta } = await api.request({
    method: 'GET',
    path: `/v1/Alerts?${query}`,
    expected: page,
  });
  return { alerts, cut: Boolean(meta.next_page_url) };
}
