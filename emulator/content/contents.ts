import { type Call, created, gone, ok, type Route } from '../call.ts';
import type { Core } from '../core.ts';
import { answerPage } from '../paging.ts';
import { parseInput, readJson } from '../parse-input.ts';
import { notFound } from '../refusal-error.ts';
import { dates, type Resource } from '../show.ts';
import type { Content } from '../state.ts';
import { addContent } from './add-content.ts';
import { approvalRequestSchema, contentSchema } from './content-types.ts';

/** https://www.twilio.com/docs/content/content-api-resources */

export const createContent: Route = (core, call) => {
  const content = addContent(core, parseInput(contentSchema, readJson(call.request.body)));
  return created(showContent(core, call, content));
};

export const fetchContent: Route = (core, call) => ok(showContent(core, call, contentOf(core, call)));

export const listContents: Route = (core, call) =>
  answerPage(core, call, {
    key: 'contents',
    listing: core.state.contents,
    maximum: 500,
    show: (content) => showContent(core, call, content),
  });

export const listContentAndApprovals: Route = (core, call) =>
  answerPage(core, call, {
    key: 'contents',
    listing: core.state.contents,
    maximum: 500,
    show: (content) => {
      const { url: _, links: __, ...resource } = showContent(core, call, content);
      return { ...resource, approval_requests: showApproval(content) };
    },
  });

export const updateContent: Route = (core, call) => {
  const content = contentOf(core, call);
  const input = parseInput(contentSchema, readJson(call.request.body));
  Object.assign(content, {
    friendly_name: input.friendly_name ?? content.friendly_name,
    language: input.language,
    variables: input.variables ?? {},
    types: input.types,
    date_updated: core.timeline.now(),
  });
  return ok(showContent(core, call, content));
};

export const deleteContent: Route = (core, call) => {
  core.state.contents.remove(contentOf(core, call).sid);
  return gone;
};

export const requestApproval: Route = (core, call) => {
  const content = contentOf(core, call);
  const { name, category } = parseInput(approvalRequestSchema, readJson(call.request.body));
  content.approval = { name, category, status: core.settings.templateApproval };
  return created(showApproval(content));
};

export const fetchApproval: Route = (core, call) => {
  const content = contentOf(core, call);
  return ok({
    sid: content.sid,
    account_sid: core.state.account_sid,
    whatsapp: { type: 'whatsapp', ...showApproval(content) },
    url: `${call.origin}/v1/Content/${content.sid}/ApprovalRequests`,
  });
};

function showContent(core: Core, { origin }: Pick<Call, 'origin'>, content: Content): Resource {
  const url = `${origin}/v1/Content/${content.sid}`;
  const { sid, friendly_name, language, variables, types } = content;
  return {
    sid,
    account_sid: core.state.account_sid,
    friendly_name,
    language,
    variables,
    types,
    url,
    ...dates(content),
    links: { approval_create: `${url}/ApprovalRequests/whatsapp`, approval_fetch: `${url}/ApprovalRequests` },
  };
}

function showApproval({ approval, types }: Content): Resource {
  return {
    name: approval?.name ?? '',
    category: approval?.category ?? '',
    content_type: Object.keys(types)[0] ?? '',
    status: approval?.status ?? 'unsubmitted',
    rejection_reason: '',
    allow_category_change: true,
  };
}

function contentOf(core: Core, call: Call): Content {
  const sid = call.params['ContentSid'] ?? '';
  const content = core.state.contents.get(sid);
  if (content === undefined) throw notFound(`/Content/${sid}`);
  return content;
}
